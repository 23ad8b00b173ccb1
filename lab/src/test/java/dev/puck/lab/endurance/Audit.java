package dev.puck.lab.endurance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Sees that of every key each version comes, once, in order and as what it is, and that a tombstone
 * follows each deletion. Thread-safe.
 */
final class Audit {
  private static final int SHOWN = 10;

  private final Map<Long, Long> versions = new HashMap<>();
  private final Set<Long> deleted = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private long changes;
  private long problemCount;

  /** The next record of its partition. */
  synchronized void add(ConsumerRecord<byte[], byte[]> each) {
    try {
      add(Arrival.of(each), each);
    } catch (IOException | RuntimeException e) {
      problem("no change of a row", each);
    }
  }

  /** How many changes came. */
  synchronized long changes() {
    return changes;
  }

  /** The latest version of a key; 0 if none came. */
  synchronized long version(long key) {
    return versions.getOrDefault(key, 0L);
  }

  /**
   * What is wrong, the first of it at least; empty if exactly those versions came.
   *
   * @param expected how many each key has
   */
  synchronized List<String> problems(Map<Long, Long> expected) {
    List<String> all = new ArrayList<>(problems);
    if (problemCount > all.size()) {
      all.add("%,d problems in %,d changes".formatted(problemCount, changes));
    }
    Set<Long> keys = new HashSet<>(expected.keySet());
    keys.addAll(versions.keySet());
    keys.stream()
        .filter(key -> version(key) != expected.getOrDefault(key, 0L))
        .sorted()
        .limit(SHOWN)
        .map(
            key -> "key %d: %d versions came of %s".formatted(key, version(key), expected.get(key)))
        .forEach(all::add);
    deleted.stream().limit(SHOWN).map(key -> "key " + key + ": no tombstone").forEach(all::add);
    return all;
  }

  private void add(Arrival arrival, ConsumerRecord<byte[], byte[]> each) {
    if (arrival.operation() == Arrival.TOMBSTONE) {
      if (!deleted.remove(arrival.key())) {
        problem("a tombstone after no deletion", each);
      }
      return;
    }
    changes++;
    long before = version(arrival.key());
    if (arrival.version() != before + 1) {
      problem("version %d after %d".formatted(arrival.version(), before), each);
    }
    if (arrival.operation() != Ledger.operation(arrival.version())) {
      problem("version %d with op %s".formatted(arrival.version(), arrival.operation()), each);
    }
    if (deleted.remove(arrival.key())) {
      problem("no tombstone before", each);
    }
    if (arrival.operation() == 'd') {
      deleted.add(arrival.key());
    }
    versions.put(arrival.key(), Math.max(before, arrival.version()));
  }

  private void problem(String what, ConsumerRecord<byte[], byte[]> each) {
    problemCount++;
    if (problems.size() < SHOWN) {
      problems.add(
          "%s-%d offset %d: %s".formatted(each.topic(), each.partition(), each.offset(), what));
    }
  }
}
