package dev.puck.consumer.reducer;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.consumer.projection.Applied;
import dev.puck.consumer.projection.DeadLetter;
import dev.puck.consumer.projection.DeadLetters;
import dev.puck.consumer.projection.EventBatch;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.consumer.projection.Projection;
import dev.puck.consumer.projection.ProjectionKind;
import dev.puck.consumer.projection.Reducer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A value by key in memory, folded from events by a {@link Reducer}. Reads take no lock and see
 * each value whole. It is complete in this process: its subscription reads every partition.
 *
 * <p>Written by the thread of its subscription; {@link #get} and {@link #size} are for all threads.
 */
public final class ReducerProjection<V> implements Projection {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final String name;
  private final Reducer<V> reducer;
  private final @Nullable WarmStart warmStart;
  private final DeadLetters deadLetters;
  private final Map<String, V> values = new ConcurrentHashMap<>();

  /** Offsets of the events that are not in {@link #values} yet. */
  private final Map<TopicPartition, Long> next = new HashMap<>();

  private boolean warm;

  /**
   * @param warmStart null: starts empty, at the beginning of the topics
   */
  public ReducerProjection(
      String name, Reducer<V> reducer, @Nullable WarmStart warmStart, DeadLetters deadLetters) {
    this.name = name;
    this.reducer = reducer;
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
    return name;
  }

  @Override
  public ProjectionKind kind() {
    return ProjectionKind.REDUCER;
  }

  @Override
  public Map<TopicPartition, Long> resume(
      Set<TopicPartition> partitions,
      Function<Set<TopicPartition>, Map<TopicPartition, Long>> beginnings) {
    if (!warm) {
      warmUp();
    }
    Set<TopicPartition> missing = new HashSet<>(partitions);
    missing.removeAll(next.keySet());
    if (!missing.isEmpty()) {
      next.putAll(beginnings.apply(missing));
    }
    Map<TopicPartition, Long> offsets = new HashMap<>(next);
    offsets.keySet().retainAll(partitions);
    return offsets;
  }

  /** Nothing to do: nobody takes partitions from a cache. */
  @Override
  public void release(Collection<TopicPartition> partitions) {}

  @Override
  public Applied apply(EventBatch batch) {
    List<IncomingEvent> events = batch.events();
    int done = 0;
    int dead = 0;
    try {
      for (IncomingEvent event : events) {
        dead += applyOrSend(event);
        done++;
      }
    } finally {
      if (done < events.size()) {
        // Reads begin again behind what is folded, or it would be folded twice.
        events.subList(0, done).forEach(this::moveBehind);
      }
    }
    next.putAll(batch.next());
    return new Applied(done - dead, dead);
  }

  private void warmUp() {
    if (warmStart != null) {
      WarmState<V> state = warmStart.read(reducer.type());
      values.putAll(state.values());
      next.putAll(state.next());
    }
    warm = true;
  }

  /** The number of dead letters that it became. */
  private int applyOrSend(IncomingEvent event) {
    try {
      fold(event);
      return 0;
    } catch (PoisonEventException e) {
      deadLetters.send(List.of(DeadLetter.of(this, event, String.valueOf(e.getMessage()))));
      return 1;
    }
  }

  private void fold(IncomingEvent event) {
    byte @Nullable [] key = event.key();
    if (key == null) {
      throw new PoisonEventException("no key to keep a value under");
    }
    JsonNode payload = parse(event.payload());
    String text = new String(key, StandardCharsets.UTF_8);
    values.put(text, reducer.apply(values.get(text), payload));
  }

  private static JsonNode parse(byte[] payload) {
    JsonNode json;
    try {
      json = JSON.readTree(payload);
    } catch (IOException e) {
      throw new PoisonEventException("not JSON: " + e.getMessage(), e);
    }
    if (json.isMissingNode()) {
      throw new PoisonEventException("not JSON: empty");
    }
    return json;
  }

  private void moveBehind(IncomingEvent event) {
    next.put(event.partition(), event.record().offset() + 1);
  }
}
