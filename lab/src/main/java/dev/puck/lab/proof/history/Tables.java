package dev.puck.lab.proof.history;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables of the workload, as {@code workload.sql} makes them. */
public final class Tables {
  /** Where the workload notes what it publishes; not captured, so that only the truth has it. */
  public static final String SENT = "prove.sent";

  /** Where it is noted when a table is watched, in the transaction that does. */
  public static final String WATCHED = "prove.watched";

  /** One row that is changed to see whether changes flow. */
  public static final String CANARY = "prove.canary";

  private static final String LATE = "prove.late_";
  private static final List<String> COMMON = List.of("id", "ver", "eid", "note");
  private static final Shape PARTED =
      new Shape(
          "prove.parted", List.of("id", "region", "ver", "eid", "note"), List.of("id", "region"));

  private static final Map<String, Shape> FIXED =
      byName(
          new Shape(
              "prove.account",
              List.of("id", "ver", "eid", "note", "amount", "active"),
              List.of("id")),
          plain("prove.nest"),
          plain("prove.emptied"),
          plain("prove.copied"),
          plain(CANARY),
          withBody("prove.large"),
          withBody("prove.keyed"),
          PARTED,
          new Shape("prove.journal", COMMON, List.of()));

  private Tables() {}

  /** All that are watched from the beginning. */
  public static List<String> watchedAtOnce() {
    return FIXED.keySet().stream().sorted().toList();
  }

  /** The table that is the so many-th to be watched late. */
  public static String late(int number) {
    return LATE + number;
  }

  /** Its shape; null for a table that is not to be captured. A partition counts as its table. */
  public static @Nullable Shape shape(String table) {
    if (table.startsWith(LATE)) {
      return plain(table);
    }
    return FIXED.get(table.startsWith(PARTED.table()) ? PARTED.table() : table);
  }

  private static Shape plain(String table) {
    return new Shape(table, COMMON, List.of("id"));
  }

  private static Shape withBody(String table) {
    return new Shape(table, List.of("id", "ver", "eid", "note", "body"), List.of("id"));
  }

  private static Map<String, Shape> byName(Shape... shapes) {
    return Stream.of(shapes).collect(Collectors.toUnmodifiableMap(Shape::table, shape -> shape));
  }
}
