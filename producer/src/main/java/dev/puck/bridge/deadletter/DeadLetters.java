package dev.puck.bridge.deadletter;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.Postgres;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All dead letters, wherever they are kept: to look at, and to publish after all. */
public final class DeadLetters {
  private static final int MOST_SEARCHED = 1_000_000;

  private final LetterTopics topics;
  private final Optional<LetterTable> table;
  private final Kafka kafka;

  /**
   * @param postgres the bridge's database; empty: only those in Kafka
   */
  public DeadLetters(Kafka kafka, Optional<Postgres> postgres) {
    this.kafka = kafka;
    this.topics = new LetterTopics(kafka);
    this.table = postgres.map(LetterTable::new);
  }

  /**
   * The newest letters of each place, oldest first.
   *
   * @param topic those of one topic; empty: all
   * @param most how many of each place
   * @throws ConfigException if that topic has no place for them
   */
  public List<StoredDeadLetter> list(Optional<String> topic, int most) throws InterruptedException {
    List<StoredDeadLetter> letters = new ArrayList<>(topics.list(topic, most));
    table.ifPresent(
        kept ->
            kept.list().stream()
                .filter(letter -> topic.isEmpty() || letter.topic().equals(topic.get()))
                .forEach(letters::add));
    letters.sort(Comparator.comparing(StoredDeadLetter::at));
    return letters;
  }

  /**
   * The letter of that reference.
   *
   * @throws ConfigException if there is none
   */
  public StoredDeadLetter find(String reference) throws InterruptedException {
    return list(topicOf(reference), MOST_SEARCHED).stream()
        .filter(letter -> letter.reference().equals(reference))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    "There is no dead letter '"
                        + reference
                        + "'. See: puck dead-letters list --all"));
  }

  /**
   * Publishes it to the topic that it was meant for, and notes that.
   *
   * @param key instead of its own; empty: its own
   * @throws ConfigException if it was replayed already, or is a consumer's
   */
  public void replay(StoredDeadLetter letter, Optional<String> key) throws InterruptedException {
    if (letter.replayed()) {
      throw new ConfigException(letter.reference() + " was replayed already.");
    }
    if (letter.projection() != null) {
      throw new ConfigException(
          letter.reference()
              + " is in its topic, where only projection '"
              + letter.projection()
              + "' could not apply it; published again, all others would apply it twice. The running"
              + " consumer replays it: puck dead-letters replay --url URL REFERENCE.");
    }
    new Replay(kafka).publish(letter, key);
    if (letter.reference().startsWith(LetterTable.REFERENCE)) {
      table.ifPresent(kept -> kept.markReplayed(letter));
    }
  }

  private static Optional<String> topicOf(String reference) {
    int slash = reference.lastIndexOf('/');
    return slash < 0 || reference.startsWith(LetterTable.REFERENCE)
        ? Optional.empty()
        : Optional.of(reference.substring(0, slash));
  }
}
