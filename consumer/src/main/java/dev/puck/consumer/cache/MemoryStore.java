package dev.puck.consumer.cache;

import dev.puck.consumer.projection.SourceSnapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Entries in this process, which reads every partition from its beginning. Reads take no lock. */
final class MemoryStore implements CacheStore {
  private final ConcurrentHashMap<String, MemoryEntry> entries = new ConcurrentHashMap<>();
  private final AtomicLong tombstones = new AtomicLong();
  private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();
  private final boolean onlyTopic;
  private final Lifetime lifetime;
  private final CacheMeters meters;
  private long swept = System.nanoTime();

  /** The truth that the entries were last aligned to: a key that neither has is gone. */
  private volatile @Nullable SourceSnapshot aligned;

  /**
   * @param onlyTopic whether all events are of one topic
   */
  MemoryStore(boolean onlyTopic, Lifetime lifetime, CacheMeters meters) {
    this.onlyTopic = onlyTopic;
    this.lifetime = lifetime;
    this.meters = meters;
    meters.gauge("entries", "Keys that have a value.", this, MemoryStore::size);
    meters.gauge("tombstones", "Keys known to be gone.", this, store -> store.tombstones.get());
  }

  @Override
  public Map<TopicPartition, Long> resume(
      Set<TopicPartition> partitions,
      Function<Set<TopicPartition>, Map<TopicPartition, Long>> beginnings) {
    Set<TopicPartition> missing = new HashSet<>(partitions);
    missing.removeAll(next.keySet());
    if (!missing.isEmpty()) {
      next.putAll(beginnings.apply(missing));
    }
    Map<TopicPartition, Long> offsets = new HashMap<>(next);
    offsets.keySet().retainAll(partitions);
    return offsets;
  }

  /** Nothing to do: nobody takes partitions from a cache in memory. */
  @Override
  public void release(Collection<TopicPartition> partitions) {}

  @Override
  public long write(List<CacheEvent> events) {
    TopicPartition partition = events.get(0).event().partition();
    int stale = 0;
    for (CacheEvent event : events) {
      // One object for all of a partition's entries.
      partition = event.event().isFrom(partition) ? partition : event.event().partition();
      stale += write(event, partition) == Outcome.STALE ? 1 : 0;
    }
    meters.staleWrites.increment(stale);
    return stale;
  }

  @Override
  public boolean isShared() {
    return false;
  }

  private Outcome write(CacheEvent event, TopicPartition partition) {
    while (true) {
      @Nullable MemoryEntry was = entries.get(event.key());
      if (was == null && isGone(event)) {
        return Outcome.KNOWN;
      }
      if (was != null && event.position().compareTo(was.position) <= 0) {
        return Outcome.STALE;
      }
      if (was != null && was.has(event.event())) {
        if (replace(event.key(), was, was.movedTo(event.position(), partition))) {
          return Outcome.KNOWN;
        }
      } else if (replace(event.key(), was, MemoryEntry.of(event, partition, lifetime.end(event)))) {
        return Outcome.WRITTEN;
      }
    }
  }

  private boolean isGone(CacheEvent event) {
    @Nullable SourceSnapshot truth = aligned;
    return truth != null && truth.sees(event.event());
  }

  @Override
  public void truncate(Truncate truncate) {
    changeAll(
        entry -> {
          if (!entry.isFrom(truncate.partition(), onlyTopic)
              || entry.position.compareTo(truncate.position()) >= 0) {
            return entry;
          }
          return entry.has(truncate.event())
              ? entry.movedTo(truncate.position(), truncate.partition())
              : entry.truncated(truncate, lifetime.tombstoneEnd());
        });
  }

  @Override
  public void commit(Map<TopicPartition, Long> offsets) {
    next.putAll(offsets);
    sweep();
  }

  @Override
  public void idle() {
    sweep();
  }

  @Override
  public boolean isComplete() {
    return true;
  }

  @Override
  public Map<String, CacheEntry> read(Collection<String> keys) {
    Map<String, CacheEntry> found = new HashMap<>();
    for (String key : keys) {
      @Nullable MemoryEntry entry = entry(key);
      if (entry != null && entry.value != null) {
        found.put(key, entry.entry(entry.value));
      }
    }
    return found;
  }

  @Override
  public Alignment align(SourceSnapshot snapshot) {
    return new MemoryAlignment(this, snapshot, lifetime);
  }

  @Override
  public Map<TopicPartition, Long> served() {
    return new HashMap<>(next);
  }

  @Override
  public Inspection inspect(SourceSnapshot snapshot) {
    return new MemoryInspection(this, snapshot, lifetime);
  }

  @Override
  public Lifetime lifetime() {
    return lifetime;
  }

  @Override
  public void close() {
    entries.clear();
  }

  /** From now on a key that is not here is gone as of that truth, unless a newer one was noted. */
  synchronized void aligned(SourceSnapshot snapshot) {
    @Nullable SourceSnapshot was = aligned;
    if (was == null || was.takenMicros() < snapshot.takenMicros()) {
      aligned = snapshot;
    }
  }

  /** The key's entry, be it a tombstone; null if there is none, or its time is over. */
  @Nullable MemoryEntry entry(String key) {
    @Nullable MemoryEntry entry = entries.get(key);
    return entry == null || lifetime.isOver(entry.end) ? null : entry;
  }

  /** All of those; entries that come meanwhile may be left out. */
  void forEach(BiConsumer<String, MemoryEntry> each) {
    entries.forEach(
        (key, entry) -> {
          if (!lifetime.isOver(entry.end)) {
            each.accept(key, entry);
          }
        });
  }

  /**
   * Puts in the place of a key's entry what is made of it, which is something where there was
   * something; false if that is itself. What makes it may be asked again where another thread came
   * between.
   */
  boolean change(String key, Function<@Nullable MemoryEntry, @Nullable MemoryEntry> change) {
    while (true) {
      @Nullable MemoryEntry was = entries.get(key);
      @Nullable MemoryEntry now = change.apply(was);
      if (now == was) {
        return false;
      }
      if (now != null && replace(key, was, now)) {
        return true;
      }
    }
  }

  /** As {@link #change} of each entry there is; those that come meanwhile may be left out. */
  long changeAll(UnaryOperator<MemoryEntry> change) {
    long changed = 0;
    for (Map.Entry<String, MemoryEntry> each : entries.entrySet()) {
      // Most stay, and are seen at a glance.
      if (change.apply(each.getValue()) != each.getValue()) {
        changed += change(each.getKey(), was -> was == null ? null : change.apply(was)) ? 1 : 0;
      }
    }
    return changed;
  }

  private boolean replace(String key, @Nullable MemoryEntry was, MemoryEntry now) {
    boolean done =
        was == null ? entries.putIfAbsent(key, now) == null : entries.replace(key, was, now);
    if (done) {
      count(was, -1);
      count(now, 1);
    }
    return done;
  }

  private void count(@Nullable MemoryEntry entry, int step) {
    if (entry != null && entry.isTombstone()) {
      tombstones.addAndGet(step);
    }
  }

  private long size() {
    return Math.max(0, entries.mappingCount() - tombstones.get());
  }

  /** Frees what is over; until then it is there, but nobody sees it. */
  private void sweep() {
    if (System.nanoTime() - swept < lifetime.sweepInterval().toNanos()) {
      return;
    }
    entries.forEach(
        (key, entry) -> {
          if (lifetime.isOver(entry.end) && entries.remove(key, entry)) {
            count(entry, -1);
          }
        });
    swept = System.nanoTime();
  }
}
