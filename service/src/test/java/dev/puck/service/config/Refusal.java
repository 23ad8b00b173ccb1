package dev.puck.service.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a configuration is refused for. */
public final class Refusal {
  private Refusal() {}

  /** The problems, as the user reads them. */
  public static List<String> of(ThrowingCallable load) {
    return Objects.requireNonNull(catchThrowableOfType(ConfigException.class, load), "accepted")
        .problems()
        .stream()
        .map(Problem::toString)
        .toList();
  }
}
