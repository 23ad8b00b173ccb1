package dev.puck.consumer.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.event.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final TopicPartition PARTITION = new TopicPartition("t", 0);

  @Test
  void shouldTellWhatToApplyFromWhatSpeaksAboutTheStream() {
    // When
    Intake intake =
        intake(
            List.of(
                record(0, "row", "{}"),
                record(1, "message", "{}"),
                record(2, null, "{}"),
                record(3, "from the future", "{}"),
                record(4, "truncate", "{}"),
                record(5, "row", null),
                record(6, "gap", "no gap at all"),
                record(7, "gap", null)));

    // Then
    assertThat(intake.batch().events())
        .extracting(event -> event.record().offset())
        .containsExactly(0L, 1L, 2L, 3L);
    assertThat(intake.batch().all())
        .extracting(event -> event.record().offset())
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(intake.tombstones()).isEqualTo(1);
    assertThat(intake.gaps())
        .extracting(gap -> gap.id() + " " + gap.reason())
        .satisfiesExactly(
            torn -> assertThat(torn).startsWith("t-0@6 not told (Not a gap"),
            empty -> assertThat(empty).isEqualTo("t-0@7 not told"));
    assertThat(intake.batch().next()).isEqualTo(Map.of(PARTITION, 100L));
  }

  private static Intake intake(List<ConsumerRecord<byte[], byte[]>> records) {
    return Intake.of(
        new ConsumerRecords<>(
            Map.of(PARTITION, records), Map.of(PARTITION, new OffsetAndMetadata(100))));
  }

  private static ConsumerRecord<byte[], byte[]> record(
      long offset, @Nullable String kind, @Nullable String value) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("t", 0, offset, null, value == null ? null : bytes(value));
    Stream.ofNullable(kind).forEach(text -> record.headers().add(EventHeaders.KIND, bytes(text)));
    return record;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
