package dev.puck.bridge.deadletter;

import dev.puck.event.EventHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes letters of the records of their topics. A consumer may keep one several times, of which the
 * newest counts. Owned by one thread.
 */
final class LetterCollector implements Consumer<ConsumerRecord<byte[], byte[]>> {
  private static final List<String> IDENTITY =
      List.of(
          EventHeaders.DEAD_LETTER_CONSUMER,
          EventHeaders.DEAD_LETTER_PROJECTION,
          EventHeaders.DEAD_LETTER_TOPIC,
          EventHeaders.DEAD_LETTER_PARTITION,
          EventHeaders.DEAD_LETTER_OFFSET);

  private final Map<String, StoredDeadLetter> letters = new LinkedHashMap<>();
  private final Map<String, String> newest = new HashMap<>();
  private final Set<String> replayed = new HashSet<>();

  @Override
  public void accept(ConsumerRecord<byte[], byte[]> record) {
    Optional<String> mark =
        LetterHeaders.value(record.headers(), EventHeaders.DEAD_LETTER_REPLAYED);
    if (mark.isPresent()) {
      replayed.add(mark.get());
      return;
    }
    StoredDeadLetter letter = letter(record);
    if (letter.projection() != null) {
      @Nullable String before = newest.put(identity(record), letter.reference());
      if (before != null) {
        letters.remove(before);
      }
    }
    letters.put(letter.reference(), letter);
  }

  /** The oldest first. */
  List<StoredDeadLetter> letters() {
    List<StoredDeadLetter> all = new ArrayList<>();
    letters.forEach(
        (reference, letter) ->
            all.add(replayed.contains(reference) ? letter.asReplayed() : letter));
    return all;
  }

  private static String identity(ConsumerRecord<byte[], byte[]> record) {
    StringBuilder identity = new StringBuilder();
    for (String name : IDENTITY) {
      identity.append(LetterHeaders.value(record.headers(), name).orElse("")).append('\n');
    }
    return identity.toString();
  }

  private static StoredDeadLetter letter(ConsumerRecord<byte[], byte[]> each) {
    String reference = each.topic() + "/" + each.partition() + "@" + each.offset();
    return new StoredDeadLetter(
        reference,
        LetterHeaders.value(each.headers(), EventHeaders.DEAD_LETTER_TOPIC).orElse(""),
        LetterHeaders.value(each.headers(), EventHeaders.DEAD_LETTER_REASON).orElse(""),
        each.key(),
        each.value(),
        LetterHeaders.ofEvent(each.headers()),
        Instant.ofEpochMilli(each.timestamp()),
        LetterHeaders.value(each.headers(), EventHeaders.DEAD_LETTER_PROJECTION).orElse(null),
        false);
  }
}
