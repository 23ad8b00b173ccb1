package dev.puck.consumer.deadletter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a topic tells of dead letters: of each the newest record, and whether a replay is noted
 * behind it. Owned by one thread.
 */
final class LetterScan implements Consumer<ConsumerRecord<byte[], byte[]>> {
  private final Predicate<KeptLetter> wanted;
  private final int mostBytes;
  private final Map<KeptLetter.Identity, KeptLetter> letters = new LinkedHashMap<>();
  private final Map<String, KeptLetter.Identity> identities = new HashMap<>();
  private final Set<KeptLetter.Identity> replayed = new HashSet<>();

  /**
   * Looks at those letters only.
   *
   * @param mostBytes how much of each value is kept
   */
  LetterScan(Predicate<KeptLetter> wanted, int mostBytes) {
    this.wanted = wanted;
    this.mostBytes = mostBytes;
  }

  @Override
  public void accept(ConsumerRecord<byte[], byte[]> record) {
    KeptLetter.replayed(record).map(identities::get).ifPresent(replayed::add);
    KeptLetter.of(record).filter(wanted).ifPresent(this::add);
  }

  /** The oldest first. */
  List<KeptLetter> letters() {
    return new ArrayList<>(letters.values());
  }

  boolean isReplayed(KeptLetter letter) {
    return replayed.contains(letter.identity());
  }

  private void add(KeptLetter letter) {
    KeptLetter.Identity identity = letter.identity();
    identities.put(letter.id(), identity);
    // Set aside once more since: a replay before that is over.
    replayed.remove(identity);
    letters.remove(identity);
    letters.put(identity, letter.brief(mostBytes));
  }
}
