package dev.puck.lab.proof.history;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a table of the workload looks like. Every one has a column {@code eid}.
 *
 * @param table as {@code schema.table}
 * @param columns all of them, in order
 * @param key those of the primary key; empty without one
 */
public record Shape(String table, List<String> columns, List<String> key) {
  private static final int LONGEST = 200;

  public Shape {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** The row with these values; a column that is not among them is null. */
  public Image image(Map<String, @Nullable String> values) {
    Set<String> names = new LinkedHashSet<>(columns);
    return spelled(names, values);
  }

  /** What is told of a row: these values and no others. */
  public Image told(Map<String, @Nullable String> values) {
    Set<String> names = new LinkedHashSet<>(columns);
    names.retainAll(values.keySet());
    return spelled(names, values);
  }

  /** The key in these values; null for a table without one. */
  public @Nullable String keyOf(Map<String, @Nullable String> values) {
    return key.isEmpty()
        ? null
        : key.stream().map(name -> name + '=' + values.get(name)).collect(Collectors.joining(","));
  }

  private static Image spelled(Set<String> names, Map<String, @Nullable String> values) {
    names.addAll(values.keySet()); // what should not be there must show
    String text =
        names.stream()
            .map(name -> name + '=' + shortened(values.get(name)))
            .collect(Collectors.joining(String.valueOf(Image.SEPARATOR)));
    @Nullable String eid = values.get("eid");
    return new Image(text, eid == null ? -1 : Long.parseLong(eid));
  }

  private static String shortened(@Nullable String value) {
    if (value == null) {
      return "null";
    }
    return value.length() <= LONGEST
        ? '\'' + value + '\''
        : value.substring(0, 8) + "…#" + hash(value) + '(' + value.length() + ')';
  }

  private static String hash(String value) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Objects.requireNonNull(digest), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
