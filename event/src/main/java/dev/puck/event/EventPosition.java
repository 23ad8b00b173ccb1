package dev.puck.event;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.stream.LongStream;

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
  private static final long[] POWERS_OF_TEN =
      LongStream.iterate(1, power -> power * 10).limit(BATCH_DIGITS + 1).toArray();
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
    return new String(bytes(), StandardCharsets.US_ASCII);
  }

  /** The same in UTF-8, a new array. */
  public byte[] bytes() {
    byte[] text = new byte[EPOCH_DIGITS + 1 + BATCH_DIGITS + 1 + INDEX_DIGITS];
    put(text, 0, epoch, EPOCH_DIGITS);
    text[EPOCH_DIGITS] = '.';
    put(text, EPOCH_DIGITS + 1, batch, BATCH_DIGITS);
    text[EPOCH_DIGITS + 1 + BATCH_DIGITS] = '.';
    put(text, EPOCH_DIGITS + 1 + BATCH_DIGITS + 1, index, INDEX_DIGITS);
    return text;
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

  /** Writes a number from there on, with zeros before it. */
  private static void put(byte[] text, int begin, long number, int digits) {
    long rest = number;
    for (int i = begin + digits - 1; i >= begin; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static void requireDigits(String name, long number, int digits) {
    if (number < 0 || number >= POWERS_OF_TEN[digits]) {
      throw new IllegalArgumentException(
          name + " is " + number + "; it must have at most " + digits + " digits and no sign");
    }
  }
}
