package dev.puck.lab.proof.oracle;

import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Image;
import dev.puck.lab.proof.history.Shape;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a source must tell of one row's change. By its replica identity the WAL may have no more of
 * the row before than its key: then a source that reads the WAL tells no more.
 *
 * @param known the row before, as what was decoded earlier made it; null where nothing did
 * @param whole whether the source knows the row before by itself
 */
record Telling(Shape shape, DecodedRow row, @Nullable Image known, boolean whole) {
  /** The row's key before; null where it was not there, or has none. */
  static @Nullable String oldKey(Shape shape, DecodedRow row) {
    return row.verb().equals("INSERT")
        ? null
        : shape.keyOf(row.before().isEmpty() ? row.after() : row.before());
  }

  /** The row's key after; null where it is gone, or has none. */
  static @Nullable String newKey(Shape shape, DecodedRow row) {
    return row.verb().equals("DELETE") ? null : shape.keyOf(row.after());
  }

  /** Whether the WAL has no more of the row before than its key. */
  static boolean isPartial(Shape shape, DecodedRow row) {
    return !row.verb().equals("INSERT")
        && !shape.key().isEmpty()
        && shape.key().containsAll(row.before().keySet());
  }

  /** The row after, whole. */
  Image after() {
    return shape.image(row.after()).over(known);
  }

  List<Fact> facts() {
    @Nullable String oldKey = oldKey(shape, row);
    @Nullable String newKey = newKey(shape, row);
    String table = shape.table();
    return switch (row.verb()) {
      case "INSERT" -> List.of(new Fact(table, 'c', newKey, null, toldAfter()));
      case "DELETE" -> List.of(new Fact(table, 'd', oldKey, toldBefore(true), null));
      case "UPDATE" ->
          Objects.equals(oldKey, newKey)
              ? List.of(new Fact(table, 'u', newKey, toldBefore(false), toldAfter()))
              : List.of(
                  new Fact(table, 'd', oldKey, toldBefore(true), null),
                  new Fact(table, 'c', newKey, null, toldAfter()));
      default -> throw new IllegalArgumentException("Unknown: " + row);
    };
  }

  private @Nullable Image toldBefore(boolean keyEnds) {
    if (!isPartial(shape, row)) {
      return shape.image(row.before());
    }
    if (whole) {
      return Objects.requireNonNull(known, () -> "Nothing was decoded before " + row);
    }
    return keyEnds ? shape.told(row.before()) : null;
  }

  private Image toldAfter() {
    return whole ? after() : shape.image(row.after());
  }
}
