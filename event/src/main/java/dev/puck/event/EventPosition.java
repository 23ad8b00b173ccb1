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
  private static final int BATCH_BEGIN = EPOCH_DIGITS + 1;
  private static final int INDEX_BEGIN = BATCH_BEGIN + BATCH_DIGITS + 1;
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
    byte[] text = new byte[INDEX_BEGIN + INDEX_DIGITS];
    put(text, 0, epoch, EPOCH_DIGITS);
    text[BATCH_BEGIN - 1] = '.';
    put(text, BATCH_BEGIN, batch, BATCH_DIGITS);
    text[INDEX_BEGIN - 1] = '.';
    put(text, INDEX_BEGIN, index, INDEX_DIGITS);
    return text;
  }

  /**
   * The position of that text.
   *
   * @throws IllegalArgumentException if it is not the text of a position
   */
  public static EventPosition parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The position of that text in UTF-8; for those who read it from every event.
   *
   * @throws IllegalArgumentException if it is not the text of a position
   */
  public static EventPosition parse(byte[] text) {
    if (text.length != INDEX_BEGIN + INDEX_DIGITS
        || text[BATCH_BEGIN - 1] != '.'
        || text[INDEX_BEGIN - 1] != '.') {
      throw notAPosition(text);
    }
    return new EventPosition(
        number(text, 0, EPOCH_DIGITS),
        number(text, BATCH_BEGIN, BATCH_DIGITS),
        number(text, INDEX_BEGIN, INDEX_DIGITS));
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

  private static long number(byte[] text, int begin, int digits) {
    long number = 0;
    for (int i = begin; i < begin + digits; i++) {
      if (text[i] < '0' || text[i] > '9') {
        throw notAPosition(text);
      }
      number = number * 10 + text[i] - '0';
    }
    return number;
  }

  private static IllegalArgumentException notAPosition(byte[] text) {
    return new IllegalArgumentException(
        "'"
            + new String(text, StandardCharsets.UTF_8)
            + "' is not a position; one looks like 00000003.000000000042.0000000017");
  }

  private static void requireDigits(String name, long number, int digits) {
    if (number < 0 || number >= POWERS_OF_TEN[digits]) {
      throw new IllegalArgumentException(
          name + " is " + number + "; it must have at most " + digits + " digits and no sign");
    }
  }
}
