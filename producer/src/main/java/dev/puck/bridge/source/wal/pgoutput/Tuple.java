package dev.puck.bridge.source.wal.pgoutput;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The values of a row, as the text output of their types: where they are in the message's bytes,
 * which are not copied. Immutable, as long as nobody changes those.
 */
public final class Tuple {
  /** The length of a null. */
  public static final int NULL = -1;

  private static final int UNCHANGED = -2;

  private final byte[] bytes;

  /** Offset and length of each; the length is below zero where there is no value. */
  private final int[] places;

  private Tuple(byte[] bytes, int[] places) {
    this.bytes = bytes;
    this.places = places;
  }

  /**
   * The same of values that came another way.
   *
   * @param bytes in which they are; neither array may be changed any more
   * @param places offset and length of each; {@link #NULL} as length for none
   */
  public static Tuple of(byte[] bytes, int[] places) {
    return new Tuple(bytes, places);
  }

  static Tuple read(MessageReader reader, RelationDefinition relation) {
    int count = reader.readShort();
    if (count != relation.columns().size()) {
      throw reader.malformed(
          "a tuple of %d values, where relation %s.%s has %d columns"
              .formatted(count, relation.schema(), relation.name(), relation.columns().size()));
    }
    int[] places = new int[2 * count];
    for (int i = 0; i < places.length; i += 2) {
      int kind = reader.readByte();
      switch (kind) {
        case 't' -> {
          int length = reader.readLength();
          places[i] = reader.skip(length);
          places[i + 1] = length;
        }
        case 'n' -> places[i + 1] = NULL;
        case 'u' -> places[i + 1] = UNCHANGED;
        case 'b' ->
            throw reader.malformed(
                "a value in binary format; start replication without the option 'binary'");
        default -> throw reader.malformed("a value of kind " + MessageReader.shown(kind));
      }
    }
    return new Tuple(reader.array(), places);
  }

  /** How many columns there are. */
  public int size() {
    return places.length / 2;
  }

  /** Whether the column is null. */
  public boolean isNull(int column) {
    return places[2 * column + 1] == NULL;
  }

  /**
   * Whether the value was not told: it is stored out of line (TOAST), has not changed, and does not
   * belong to the replica identity.
   */
  public boolean isUnchanged(int column) {
    return places[2 * column + 1] == UNCHANGED;
  }

  /** The bytes in which all values are; must not be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where a column's value begins in {@link #bytes()}; means nothing where there is no value. */
  public int offset(int column) {
    return places[2 * column];
  }

  /** How many bytes a column's value has; below zero where there is no value. */
  public int length(int column) {
    return places[2 * column + 1];
  }

  /** A column's value; null where there is none. For tests and messages: it makes a String. */
  public @Nullable String text(int column) {
    int length = length(column);
    return length < 0 ? null : new String(bytes, offset(column), length, StandardCharsets.UTF_8);
  }
}
