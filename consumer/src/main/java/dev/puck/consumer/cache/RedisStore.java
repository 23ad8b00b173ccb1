package dev.puck.consumer.cache;

import dev.puck.consumer.cache.RedisDatabase.Call;
import dev.puck.consumer.projection.FencedException;
import dev.puck.consumer.projection.SourceSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries in Redis, one key each, which the processes of a group fill together. Each is written by
 * a script that compares versions, so that it matters neither how often nor by whom an event is
 * written, nor in which order.
 */
final class RedisStore implements CacheStore {
  private static final Logger LOGGER = LoggerFactory.getLogger(RedisStore.class);
  private static final long CHECK_NANOS = Duration.ofSeconds(1).toNanos();

  /** A tombstone lives ten times as long by default; Kafka waits five minutes at most. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(6);

  private final RedisDatabase redis;
  private final RedisNames names;
  private final RedisState state;
  private final RedisReader reader;
  private final TopicEnds ends;
  private final boolean onlyTopic;
  private final Lifetime lifetime;
  private final CacheMeters meters;

  /** Where the partitions that are ours go on. */
  private final Map<TopicPartition, Long> next = new HashMap<>();

  /** The state that was seen last; null before, and while it is gone. */
  private @Nullable String id;

  private long seen = System.nanoTime();
  private long checked = System.nanoTime();
  private volatile boolean complete;
  private volatile @Nullable SourceSnapshot aligned;

  /**
   * @param onlyTopic whether all events are of one topic
   */
  RedisStore(
      RedisDatabase redis,
      RedisNames names,
      TopicEnds ends,
      boolean onlyTopic,
      Lifetime lifetime,
      CacheMeters meters) {
    this.redis = redis;
    this.names = names;
    this.state = new RedisState(redis, names.state());
    this.reader = new RedisReader(redis, names);
    this.ends = ends;
    this.onlyTopic = onlyTopic;
    this.lifetime = lifetime;
    this.meters = meters;
  }

  @Override
  public Map<TopicPartition, Long> resume(
      Set<TopicPartition> partitions,
      Function<Set<TopicPartition>, Map<TopicPartition, Long>> beginnings) {
    RedisState.Fields fields = state.read();
    if (fields.isMissing()) {
      state.begin(ends.read());
      fields = state.read();
    }
    note(fields);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    Set<TopicPartition> missing = new HashSet<>();
    for (TopicPartition partition : partitions) {
      @Nullable Long offset = fields.next(partition);
      if (offset == null) {
        missing.add(partition);
      } else {
        offsets.put(partition, offset);
      }
    }
    if (!missing.isEmpty()) {
      Map<TopicPartition, Long> begins = beginnings.apply(missing);
      state.advance(id(), Map.of(), begins);
      offsets.putAll(begins);
      note(state.read());
    }
    next.putAll(offsets);
    return offsets;
  }

  @Override
  public void release(Collection<TopicPartition> partitions) {
    next.keySet().removeAll(partitions);
  }

  @Override
  public long write(List<CacheEvent> events) {
    requireAwake();
    List<CacheEvent> newest = newest(events);
    long stale =
        redis.run(RedisScript.WRITE, newest, this::call).stream()
            .filter(Long.valueOf(0)::equals)
            .count();
    meters.staleWrites.increment((double) stale);
    meters.coalesced.increment(events.size() - newest.size());
    return stale;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  /** One for each key, since the others would not be seen for long. */
  private static List<CacheEvent> newest(List<CacheEvent> events) {
    Map<String, CacheEvent> newest = new HashMap<>();
    for (CacheEvent event : events) {
      newest.merge(
          event.key(),
          event,
          (one, other) -> one.position().compareTo(other.position()) > 0 ? one : other);
    }
    return new ArrayList<>(newest.values());
  }

  private Call call(CacheEvent event) {
    @Nullable SourceSnapshot truth = aligned;
    boolean isGone = truth != null && truth.sees(event.event());
    return new Call(
        names.entry(event.key()),
        List.of(
            event.position().bytes(),
            RedisEntry.text(event),
            RedisNames.bytes(RedisEntry.number(event.event().xid())),
            RedisNames.bytes(RedisEntry.number(event.event().committedMicros())),
            RedisNames.bytes(Long.toString(lifetime.end(event))),
            RedisNames.bytes(RedisEntry.from(event.event().partition())),
            RedisNames.bytes(isGone ? "1" : "0")));
  }

  @Override
  public void truncate(Truncate truncate) {
    requireAwake();
    List<byte[]> arguments =
        List.of(
            truncate.position().bytes(),
            RedisEntry.tombstone(truncate),
            RedisNames.bytes(RedisEntry.number(truncate.event().xid())),
            RedisNames.bytes(RedisEntry.number(truncate.event().committedMicros())),
            RedisNames.bytes(Long.toString(lifetime.tombstoneEnd())),
            RedisNames.bytes(RedisEntry.from(truncate.partition())),
            RedisNames.bytes(onlyTopic ? "1" : "0"));
    redis.scan(names.pattern(), keys -> runAll(RedisScript.TRUNCATE, keys, arguments));
  }

  /** This process knows at once what others will find in the state. */
  void aligned(SourceSnapshot snapshot) {
    aligned = snapshot;
  }

  /** The number of calls that answered 1. */
  long runAll(RedisScript script, List<String> keys, List<byte[]> arguments) {
    List<Call> calls =
        keys.stream().map(key -> new Call(RedisNames.bytes(key), arguments)).toList();
    return redis.run(script, calls).stream().filter(Long.valueOf(1)::equals).count();
  }

  @Override
  public void commit(Map<TopicPartition, Long> offsets) {
    requireOurs(offsets.keySet());
    try {
      state.advance(id(), next, offsets);
    } catch (FencedException e) {
      check();
      throw e;
    }
    next.putAll(offsets);
    seen = System.nanoTime();
    if (!complete) {
      check();
    }
    idle();
  }

  /** What others noted in the state must become known here, also under load. */
  @Override
  public void idle() {
    if (System.nanoTime() - checked > CHECK_NANOS) {
      check();
    }
  }

  /** Sees that the state is as it was left. */
  private void check() {
    RedisState.Fields fields = state.read();
    note(fields);
    next.forEach(
        (partition, offset) -> {
          if (!offset.equals(fields.next(partition))) {
            throw new FencedException(
                "The offset of " + partition + " in Redis is not where it was left");
          }
        });
  }

  private void note(RedisState.Fields fields) {
    @Nullable String found = fields.id();
    complete = fields.isComplete();
    aligned = fields.aligned();
    if (id != null && !id.equals(found)) {
      meters.flushes.increment();
      LOGGER
          .atWarn()
          .addKeyValue("state", new String(names.state(), StandardCharsets.UTF_8))
          .log("Redis has lost the cache; it is read again from the beginning");
    }
    id = found;
    seen = System.nanoTime();
    checked = seen;
  }

  private String id() {
    if (id == null) {
      throw new FencedException("The cache has no state in Redis");
    }
    return id;
  }

  private void requireOurs(Set<TopicPartition> partitions) {
    if (!next.keySet().containsAll(partitions)) {
      throw new FencedException("Of " + partitions + " only " + next.keySet() + " are ours");
    }
  }

  /** What a process brings that was frozen for long may be older than the tombstones are kept. */
  private void requireAwake() {
    if (System.nanoTime() - seen > LONGEST_PAUSE.toNanos()) {
      throw new FencedException("This process was paused for too long to go on where it was");
    }
  }

  @Override
  public boolean isComplete() {
    return complete;
  }

  @Override
  public Map<String, CacheEntry> read(Collection<String> keys) {
    return reader.read(keys);
  }

  @Override
  public Alignment align(SourceSnapshot snapshot) {
    return new RedisAlignment(this, state, names, redis, snapshot, lifetime);
  }

  @Override
  public Map<TopicPartition, Long> served() {
    return state.read().next();
  }

  @Override
  public Inspection inspect(SourceSnapshot snapshot) {
    return new RedisInspection(state, names, redis, snapshot, lifetime);
  }

  @Override
  public Lifetime lifetime() {
    return lifetime;
  }

  /** Nothing to do: the connections are the database's. */
  @Override
  public void close() {}
}
