package dev.puck.event;

import java.util.Comparator;

/**
 * Where an event stands in the order of publishing of its bridge: {@code epoch.batch.index}. Its
 * {@linkplain #text() text} has a fixed width, so that texts compare as positions do.
 *
 * @param epoch goes up whenever a bridge cannot know what its predecessor published last
 * @param batch the batch in the epoch, from 0
 * @param index the event in the batch, from 0
 */
public record EventPosition(long epoch, long batch, long index)
    implements Comparable<EventPosition> {
  private static final int EPOCH_DIGITS = 8;
  private static final int BATCH_DIGITS = 12;
  private static final int INDEX_DIGITS = 10;
  private static final Comparator<EventPosition> ORDER =
      Comparator.comparingLong(EventPosition::epoch)
          .thenComparingLong(EventPosition::batch)
          .thenComparingLong(EventPosition::index);

  public EventPosition {
    requireDigits("epoch", epoch, EPOCH_DIGITS);
    requireDigits("batch", batch, BATCH_DIGITS);
    requireDigits("index", index, INDEX_DIGITS);
  }

  /** For example {@code 00000003.000000000042.0000000017}. */
  public String text() {
    StringBuilder text = new StringBuilder(EPOCH_DIGITS + BATCH_DIGITS + INDEX_DIGITS + 2);
    append(text, epoch, EPOCH_DIGITS);
    append(text.append('.'), batch, BATCH_DIGITS);
    append(text.append('.'), index, INDEX_DIGITS);
    return text.toString();
  }

  /**
   * The position of that text.
   *
   * @throws IllegalArgumentException if it is not the text of a position
   */
  public static EventPosition parse(String text) {
    if (!text.matches("\\d{8}\\.\\d{12}\\.\\d{10}")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a position; one looks like 00000003.000000000042.0000000017");
    }
    return new EventPosition(
        Long.parseLong(text.substring(0, 8)),
        Long.parseLong(text.substring(9, 21)),
        Long.parseLong(text.substring(22)));
  }

  @Override
  public int compareTo(EventPosition other) {
    return ORDER.compare(this, other);
  }

  private static void append(StringBuilder text, long number, int digits) {
    String decimal = Long.toString(number);
    text.append("0".repeat(digits - decimal.length())).append(decimal);
  }

  private static void requireDigits(String name, long number, int digits) {
    if (number < 0 || Long.toString(number).length() > digits) {
      throw new IllegalArgumentException(
          name + " is " + number + "; it must have at most " + digits + " digits and no sign");
    }
  }
}
