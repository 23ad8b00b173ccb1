package dev.puck.consumer.reducer;

import dev.puck.consumer.config.ReducerConfig;
import dev.puck.consumer.projection.Applied;
import dev.puck.consumer.projection.AuditShadow;
import dev.puck.consumer.projection.Auditable;
import dev.puck.consumer.projection.Comparison;
import dev.puck.consumer.projection.DeadLetter;
import dev.puck.consumer.projection.DeadLetters;
import dev.puck.consumer.projection.EventBatch;
import dev.puck.consumer.projection.EventPlace;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.consumer.projection.ProjectionKind;
import dev.puck.consumer.projection.Reached;
import dev.puck.consumer.projection.Reducer;
import dev.puck.consumer.projection.Replayable;
import dev.puck.consumer.projection.Replayed;
import dev.puck.consumer.projection.SetAside;
import dev.puck.consumer.projection.Shadow;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.consumer.projection.Standing;
import dev.puck.consumer.projection.UnbuiltException;
import dev.puck.service.retry.TransientException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A value by key in memory, folded from events by a {@link Reducer}. Reads take no lock and see
 * each value whole. It is complete in this process: its subscription reads every partition.
 *
 * <p>Written by the thread of its subscription; {@link #get} and {@link #size} are for all threads.
 */
public final class ReducerProjection<V> implements Auditable, Replayable {
  private final ReducerConfig config;
  private final Fold<V> fold;
  private final @Nullable WarmStart warmStart;
  private final DeadLetters deadLetters;

  /** Held while {@link #values} and {@link #reached} change, so that a swap sees them agree. */
  private final Lock lock = new ReentrantLock();

  /** How far each partition is in {@link #values}. */
  private final Map<TopicPartition, Reached> reached = new HashMap<>();

  private final SetAside setAside = new SetAside();
  private volatile Map<String, V> values = new ConcurrentHashMap<>();
  private long replays;
  private boolean warm;

  /**
   * @param warmStart null: starts empty, at the beginning of the topics
   */
  public ReducerProjection(
      ReducerConfig config,
      Reducer<V> reducer,
      @Nullable WarmStart warmStart,
      DeadLetters deadLetters) {
    this.config = config;
    this.fold = new Fold<>(reducer);
    this.warmStart = warmStart;
    this.deadLetters = deadLetters;
  }

  /** The value of that key; null if no event had it. */
  public @Nullable V get(String key) {
    return values.get(key);
  }

  /** How many keys have a value. */
  public int size() {
    return values.size();
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public ProjectionKind kind() {
    return ProjectionKind.REDUCER;
  }

  @Override
  public Map<TopicPartition, Long> resume(
      Set<TopicPartition> partitions,
      Function<Set<TopicPartition>, Map<TopicPartition, Long>> beginnings) {
    return locked(() -> resumeAt(partitions, beginnings));
  }

  private Map<TopicPartition, Long> resumeAt(
      Set<TopicPartition> partitions,
      Function<Set<TopicPartition>, Map<TopicPartition, Long>> beginnings) {
    if (!warm) {
      warmUp();
    }
    if (reached.isEmpty() && config.truth() != null) {
      throw new UnbuiltException("the first state of reducer '" + name() + "' is being built");
    }
    Set<TopicPartition> missing = new HashSet<>(partitions);
    missing.removeAll(reached.keySet());
    if (!missing.isEmpty()) {
      beginnings.apply(missing).forEach(this::begin);
    }
    Map<TopicPartition, Long> offsets = next();
    offsets.keySet().retainAll(partitions);
    return offsets;
  }

  @Override
  public List<String> topics() {
    return config.topics();
  }

  @Override
  public boolean isUnbuilt() {
    return warmStart == null && locked(reached::isEmpty);
  }

  /** Always 0: nobody else builds what is in this process's memory. */
  @Override
  public long lastResync() {
    return 0;
  }

  @Override
  public Optional<Shadow> beginResync(long since) {
    return Optional.of(new ReducerShadow<>(this, fold, values));
  }

  @Override
  public AuditShadow beginAudit(boolean repair) {
    if (locked(reached::isEmpty)) {
      throw new TransientException(
          "The reducer '" + name() + "' has no state yet; its audit waits for the first.");
    }
    return new ReducerShadow<>(this, fold, values);
  }

  Map<TopicPartition, Long> served() {
    return locked(this::next);
  }

  /** How many events were replayed. */
  long replays() {
    return locked(() -> replays);
  }

  /** Serves other values from now on, which have been brought to where these stand. */
  void swap(
      UnaryOperator<Map<TopicPartition, Long>> catchUp,
      Map<String, V> others,
      long replaysThen,
      SourceSnapshot truth) {
    locked(
        () -> {
          requireNoneSince(replaysThen);
          catchUp
              .apply(next())
              .forEach((partition, next) -> reached.put(partition, new Reached(next, truth)));
          values = others;
          return true;
        });
  }

  /** Compares the values with others, once these have been brought to where they stand. */
  Comparison compare(
      UnaryOperator<Map<TopicPartition, Long>> catchUp,
      Map<String, V> others,
      long replaysThen,
      Map<String, V> was) {
    return locked(
        () -> {
          requireNoneSince(replaysThen);
          if (values != was) {
            throw new TransientException(
                "The reducer '" + name() + "' was built anew meanwhile; its audit begins again.");
          }
          Map<TopicPartition, Long> next = next();
          AuditShadow.requireSame(next, catchUp.apply(next));
          return ValueComparison.of(values, others);
        });
  }

  /** What is built beside these values has left out what was replayed to them meanwhile. */
  private void requireNoneSince(long replaysThen) {
    if (replays != replaysThen) {
      throw new TransientException(
          "A dead letter was replayed to the reducer '" + name() + "' meanwhile; it begins again.");
    }
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public Map<EventPlace, Standing> standing(Collection<EventPlace> places) {
    return setAside.standing(places);
  }

  @Override
  public Replayed replay(IncomingEvent event) {
    return locked(() -> replayOnce(event));
  }

  private Replayed replayOnce(IncomingEvent event) {
    Standing standing = setAside.standing(EventPlace.of(event));
    if (standing != Standing.DEAD) {
      return Replayed.nothing(standing);
    }
    @Nullable Reached partition = reached.get(event.partition());
    @Nullable SourceSnapshot truth = partition == null ? null : partition.truth();
    boolean covered = truth != null && truth.covers(event);
    if (!covered) {
      fold.into(values, event);
      replays++;
    }
    setAside.replayed(event);
    return covered ? Replayed.COVERED : Replayed.APPLIED;
  }

  /** Nothing to do: nobody takes partitions from a cache. */
  @Override
  public void release(Collection<TopicPartition> partitions) {}

  @Override
  public Applied apply(EventBatch batch) {
    return locked(() -> applyAll(batch));
  }

  private Applied applyAll(EventBatch batch) {
    List<IncomingEvent> events = batch.events();
    int done = 0;
    int applied = 0;
    int dead = 0;
    try {
      for (IncomingEvent event : events) {
        if (isLacking(event)) {
          int letters = applyOrSend(event);
          dead += letters;
          applied += 1 - letters;
        }
        done++;
      }
    } finally {
      if (done < events.size()) {
        // Reads begin again behind what is folded, or it would be folded twice.
        events.subList(0, done).forEach(this::moveBehind);
      }
    }
    batch.next().forEach(this::move);
    return new Applied(applied, dead);
  }

  private void warmUp() {
    if (warmStart != null) {
      WarmState<V> state = warmStart.read(fold.type());
      values.putAll(state.values());
      reached.putAll(state.reached());
    }
    warm = true;
  }

  /** The number of dead letters that it became. */
  private int applyOrSend(IncomingEvent event) {
    try {
      fold.into(values, event);
      return 0;
    } catch (PoisonEventException e) {
      deadLetters.send(List.of(DeadLetter.of(this, event, e)));
      setAside.add(event);
      return 1;
    }
  }

  private boolean isLacking(IncomingEvent event) {
    @Nullable Reached partition = reached.get(event.partition());
    return partition == null || !partition.has(event);
  }

  private void moveBehind(IncomingEvent event) {
    move(event.partition(), event.record().offset() + 1);
  }

  private void begin(TopicPartition partition, long offset) {
    reached.put(partition, new Reached(offset, truth()));
  }

  private void move(TopicPartition partition, long offset) {
    @Nullable Reached before = reached.get(partition);
    reached.put(partition, before == null ? new Reached(offset, null) : before.at(offset));
  }

  /** The truth of all partitions, which is that of those added later, too. */
  private @Nullable SourceSnapshot truth() {
    for (Reached partition : reached.values()) {
      if (partition.truth() != null) {
        return partition.truth();
      }
    }
    return null;
  }

  private Map<TopicPartition, Long> next() {
    Map<TopicPartition, Long> next = new HashMap<>();
    reached.forEach((partition, each) -> next.put(partition, each.next()));
    return next;
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
