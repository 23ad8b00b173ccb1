package dev.puck.consumer.summary;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names of members, as JSON writes them. */
final class MemberNames {
  private final Map<String, byte[]> quoted;

  MemberNames(Set<String> names) {
    this.quoted = names.stream().collect(Collectors.toMap(Function.identity(), MemberNames::quote));
  }

  /** That name in quotes and with its colon; null if it is not among them. Do not change it. */
  byte @Nullable [] quoted(String name) {
    return quoted.get(name);
  }

  private static byte[] quote(String name) {
    String escaped = new String(JsonStringEncoder.getInstance().quoteAsString(name));
    return ('"' + escaped + "\":").getBytes(StandardCharsets.UTF_8);
  }
}
