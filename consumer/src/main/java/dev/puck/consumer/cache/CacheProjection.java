package dev.puck.consumer.cache;

import dev.puck.consumer.config.CacheConfig;
import dev.puck.consumer.projection.Alignable;
import dev.puck.consumer.projection.Applied;
import dev.puck.consumer.projection.DeadLetter;
import dev.puck.consumer.projection.DeadLetters;
import dev.puck.consumer.projection.EntryAuditable;
import dev.puck.consumer.projection.EntryCheck;
import dev.puck.consumer.projection.EventBatch;
import dev.puck.consumer.projection.EventPlace;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.consumer.projection.ProjectionKind;
import dev.puck.consumer.projection.Replayable;
import dev.puck.consumer.projection.Replayed;
import dev.puck.consumer.projection.Sample;
import dev.puck.consumer.projection.SetAside;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.consumer.projection.Standing;
import dev.puck.event.EventKind;
import dev.puck.service.retry.TransientException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The latest row or message by key. Written by the thread of its subscription; {@link #get}, {@link
 * #getAll}, {@link #beginAlignment} and what audits call are for all threads, and of a Redis cache
 * they block.
 */
public final class CacheProjection implements Alignable, EntryAuditable, Replayable, AutoCloseable {
  private final String name;
  private final CacheStore store;
  private final DeadLetters deadLetters;
  private final CacheMeters meters;
  private final SetAside setAside = new SetAside();
  private volatile boolean aligned;

  CacheProjection(
      String name, CacheStore store, boolean aligned, DeadLetters deadLetters, CacheMeters meters) {
    this.aligned = aligned;
    this.name = name;
    this.store = store;
    this.deadLetters = deadLetters;
    this.meters = meters;
  }

  /** A cache that is kept in this process. */
  public static CacheProjection inMemory(
      CacheConfig config, DeadLetters deadLetters, MeterRegistry registry) {
    CacheMeters meters = new CacheMeters(registry, config.name());
    Lifetime lifetime = Lifetime.of(config, Clock.systemUTC());
    CacheStore store = new MemoryStore(config.topics().size() == 1, lifetime, meters);
    // A topic that is not compacted may have lost what only the truth has.
    return new CacheProjection(config.name(), store, config.truth() == null, deadLetters, meters);
  }

  /**
   * A cache that the processes of {@code group} keep in Redis together.
   *
   * @param ends tells how far its topics go
   */
  public static CacheProjection inRedis(
      CacheConfig config,
      String group,
      RedisDatabase redis,
      TopicEnds ends,
      DeadLetters deadLetters,
      MeterRegistry registry) {
    CacheMeters meters = new CacheMeters(registry, config.name());
    Lifetime lifetime = Lifetime.of(config, Clock.systemUTC());
    RedisNames names = RedisNames.of(config, group);
    CacheStore store =
        new RedisStore(redis, names, ends, config.topics().size() == 1, lifetime, meters);
    return new CacheProjection(config.name(), store, /* aligned= */ true, deadLetters, meters);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ProjectionKind kind() {
    return ProjectionKind.CACHE;
  }

  /**
   * The entry of that key. A row's key is the value of its only column, or the JSON object of its
   * several ones; {@code {"id":7}} finds it, too.
   *
   * @throws IncompleteException if the cache is being filled again
   * @throws dev.puck.service.retry.TransientException if the store is away
   */
  public Optional<CacheEntry> get(String key) {
    return Optional.ofNullable(getAll(List.of(key)).get(key));
  }

  /** The entries of those keys that have one, as {@link #get}. */
  public Map<String, CacheEntry> getAll(Collection<String> keys) {
    Map<String, CacheEntry> found = new LinkedHashMap<>(store.read(keys));
    for (String key : keys) {
      String spelled = RowKey.lookup(key);
      if (!found.containsKey(key) && !spelled.equals(key)) {
        @Nullable CacheEntry entry = store.read(List.of(spelled)).get(spelled);
        if (entry != null) {
          found.put(key, entry);
        }
      }
    }
    meters.hits.increment(found.size());
    meters.misses.increment(Math.max(0, keys.size() - found.size()));
    return found;
  }

  @Override
  public boolean isUnaligned() {
    return !aligned;
  }

  @Override
  public Aligner beginAlignment(SourceSnapshot truth) {
    return new TruthAligner(name, align(truth), () -> aligned = true);
  }

  @Override
  public Map<TopicPartition, Long> served() {
    return store.served();
  }

  @Override
  public EntryCheck beginCheck(Sample sample) {
    if (!isComplete()) {
      throw new TransientException("The cache '" + name + "' is warming; it is audited then.");
    }
    return new CacheCheck(store, sample);
  }

  Alignment align(SourceSnapshot truth) {
    return store.align(truth);
  }

  @Override
  public Map<TopicPartition, Long> resume(
      Set<TopicPartition> partitions,
      Function<Set<TopicPartition>, Map<TopicPartition, Long>> beginnings) {
    return store.resume(partitions, beginnings);
  }

  @Override
  public void release(Collection<TopicPartition> partitions) {
    store.release(partitions);
  }

  /** The offsets move last: what is applied again after a failure, the version guard refuses. */
  @Override
  public Applied apply(EventBatch batch) {
    List<CacheEvent> unwritten = new ArrayList<>(batch.all().size());
    List<DeadLetter> poison = new ArrayList<>();
    for (IncomingEvent event : batch.all()) {
      if (event.kind() == EventKind.TRUNCATE) {
        write(unwritten);
        truncate(event);
      } else {
        read(event, unwritten, poison);
      }
    }
    write(unwritten);
    if (!poison.isEmpty()) {
      deadLetters.send(poison);
      poison.forEach(letter -> setAside.add(letter.event()));
    }
    store.commit(batch.next());
    return new Applied(batch.all().size() - poison.size(), poison.size());
  }

  @Override
  public boolean isShared() {
    return store.isShared();
  }

  /** In Redis nothing is noted: to write an event again does no harm under the version guard. */
  @Override
  public Map<EventPlace, Standing> standing(Collection<EventPlace> places) {
    return isShared() ? Map.of() : setAside.standing(places);
  }

  @Override
  public Replayed replay(IncomingEvent event) {
    Standing standing = isShared() ? Standing.DEAD : setAside.standing(EventPlace.of(event));
    if (standing != Standing.DEAD) {
      return Replayed.nothing(standing);
    }
    boolean isStale = store.write(List.of(EventReader.read(event))) > 0;
    setAside.replayed(event);
    return isStale ? Replayed.STALE : Replayed.APPLIED;
  }

  @Override
  public void idle() {
    store.idle();
  }

  @Override
  public boolean isComplete() {
    return aligned && store.isComplete();
  }

  @Override
  public void close() {
    store.close();
  }

  private void read(IncomingEvent event, List<CacheEvent> events, List<DeadLetter> poison) {
    try {
      events.add(EventReader.read(event));
    } catch (PoisonEventException e) {
      poison.add(DeadLetter.of(this, event, e));
    }
  }

  private void write(List<CacheEvent> events) {
    if (!events.isEmpty()) {
      store.write(events);
      events.clear();
    }
  }

  private void truncate(IncomingEvent event) {
    store.truncate(new CacheStore.Truncate(event.partition(), CacheEvent.position(event), event));
  }
}
