package dev.puck.consumer.reducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.consumer.CounterReducer;
import dev.puck.consumer.Counters;
import dev.puck.consumer.config.ReducerConfig;
import dev.puck.consumer.projection.Applied;
import dev.puck.consumer.projection.DeadLetter;
import dev.puck.consumer.projection.EventBatch;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.service.retry.TransientException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReducerProjectionTest {
  private static final TopicPartition PARTITION = new TopicPartition("t", 0);

  private final List<DeadLetter> letters = new ArrayList<>();
  private boolean kafkaIsAway;
  private final ReducerProjection<Counters> cache =
      new ReducerProjection<>(
          new ReducerConfig(
              "counters", List.of("t"), CounterReducer.class.getName(), null, null, null),
          new CounterReducer(),
          null,
          this::keep);

  @Test
  void shouldFoldByKey() {
    // When
    Applied applied =
        cache.apply(
            batch(
                event(0, "1", "{\"messageid\":1,\"rts\":1}"),
                event(1, "2", "{\"messageid\":2,\"favs\":1}"),
                event(2, "1", "{\"messageid\":1,\"rts\":1}")));

    // Then
    assertThat(applied).isEqualTo(new Applied(3, 0));
    assertThat(cache.get("1")).isEqualTo(new Counters(2, 0));
    assertThat(cache.get("2")).isEqualTo(new Counters(0, 1));
    assertThat(cache.get("3")).isNull();
    assertThat(cache.size()).isEqualTo(2);
  }

  @Test
  void shouldMakeDeadLettersOfWhatItCannotFold() {
    // When
    Applied applied =
        cache.apply(
            batch(
                event(0, "1", "{\"messageid\":1,\"rts\":1}"),
                event(1, "1", "{"),
                event(2, "1", "{}{}"),
                event(3, "1", ""),
                event(4, "1", "{\"message\":1}"),
                event(5, null, "{\"messageid\":1}")));

    // Then
    assertThat(applied).isEqualTo(new Applied(1, 5));
    assertThat(letters).extracting(DeadLetter::projection).containsOnly("reducer/counters");
    assertThat(letters)
        .extracting(DeadLetter::reason)
        .satisfiesExactly(
            torn -> assertThat(torn).startsWith("not JSON"),
            two -> assertThat(two).startsWith("not JSON"),
            empty -> assertThat(empty).isEqualTo("not JSON: empty"),
            refused -> assertThat(refused).isEqualTo("messageid is missing"),
            keyless -> assertThat(keyless).startsWith("no key"));
  }

  @Test
  void shouldGoOnBehindWhatIsFoldedWhenADeadLetterCannotBeKept() {
    // Given
    cache.resume(Set.of(PARTITION), missing -> Map.of(PARTITION, 0L));
    kafkaIsAway = true;
    EventBatch batch =
        batch(
            event(0, "1", "{\"messageid\":1,\"rts\":1}"),
            event(1, "1", "{"),
            event(2, "1", "{\"messageid\":1,\"rts\":1}"));

    // When, Then
    assertThatThrownBy(() -> cache.apply(batch)).isInstanceOf(TransientException.class);
    assertThat(cache.resume(Set.of(PARTITION), missing -> Map.of()))
        .isEqualTo(Map.of(PARTITION, 1L));
  }

  private void keep(List<DeadLetter> more) {
    if (kafkaIsAway) {
      throw new TransientException("Kafka is away");
    }
    letters.addAll(more);
  }

  private static EventBatch batch(IncomingEvent... events) {
    return new EventBatch(List.of(events), Map.of(PARTITION, (long) events.length));
  }

  private static IncomingEvent event(long offset, @Nullable String key, String payload) {
    return new IncomingEvent(
        new ConsumerRecord<>(
            "t",
            0,
            offset,
            key == null ? null : key.getBytes(StandardCharsets.UTF_8),
            payload.getBytes(StandardCharsets.UTF_8)));
  }
}
