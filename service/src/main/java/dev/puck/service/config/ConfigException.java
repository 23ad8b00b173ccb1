package dev.puck.service.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot work: stop, and show every problem. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  /** Several problems make a message of as many lines. */
  public ConfigException(List<Problem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** A problem that shows only when the setting is used, such as a refused password. */
  public ConfigException(String message, Throwable cause) {
    super(new Problem("", message).toString(), cause);
    this.problems = List.of(new Problem("", message));
  }

  public ConfigException(String message) {
    this(List.of(new Problem("", message)));
  }

  /** All that is wrong; never empty. */
  public List<Problem> problems() {
    return problems;
  }

  private static String message(List<Problem> problems) {
    return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
  }
}
