package dev.puck.bridge.publisher.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.publisher.EventHeader;
import dev.puck.bridge.publisher.OutgoingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SizeLimitsTest {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void shouldCountAsKafkaDoes() {
    for (int i = 0; i < 2_000; i++) {
      // Given
      OutgoingEvent event = event();

      // When
      int size = SizeLimits.sizeInBytes(event);

      // Then
      assertThat(size).as("seed %d, try %d", seed, i).isEqualTo(sizeByKafka(event));
      assertThat(new SizeLimits(Map.of("t", size)).areExceededBy(event)).isFalse();
      assertThat(new SizeLimits(Map.of("t", size - 1)).areExceededBy(event)).isTrue();
      int inProducer = sizeByProducer(event);
      assertThat(SizeLimits.exceedsProducer(inProducer, event)).isFalse();
      assertThat(SizeLimits.exceedsProducer(inProducer - 1, event)).isTrue();
    }
  }

  @Test
  void shouldTakeEverythingForATopicThatItDoesNotKnow() {
    SizeLimits limits = new SizeLimits(Map.of("other", 1));
    assertThat(limits.areExceededBy(event())).isFalse();
  }

  @Test
  void shouldKeepBatchesToWhatEveryTopicTakes() {
    assertThat(new SizeLimits(Map.of("a", 2_000, "b", 1_000_000)).batchBytes(65_536))
        .isEqualTo(2_000);
    assertThat(new SizeLimits(Map.of()).batchBytes(65_536)).isEqualTo(65_536);
  }

  @SuppressWarnings("NullAway") // It does not see that an array of a compiled record is nullable.
  private OutgoingEvent event() {
    byte @Nullable [] key = random.nextBoolean() ? null : bytes(300);
    List<EventHeader> headers = new ArrayList<>();
    for (int i = random.nextInt(100); i > 0; i--) {
      headers.add(
          EventHeader.of("h".repeat(1 + random.nextInt(99)), "é".repeat(random.nextInt(99))));
    }
    return new OutgoingEvent("t", null, key, bytes(20_000), headers, "c");
  }

  private byte[] bytes(int most) {
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static int sizeByKafka(OutgoingEvent event) {
    return MemoryRecords.withRecords(
            Compression.NONE, new SimpleRecord(0, event.key(), event.value(), headers(event)))
        .sizeInBytes();
  }

  private static int sizeByProducer(OutgoingEvent event) {
    return AbstractRecords.estimateSizeInBytesUpperBound(
        RecordBatch.CURRENT_MAGIC_VALUE,
        CompressionType.NONE,
        event.key(),
        event.value(),
        headers(event));
  }

  private static Header[] headers(OutgoingEvent event) {
    return event.headers().stream()
        .map(header -> new RecordHeader(header.name(), header.value()))
        .toArray(Header[]::new);
  }
}
