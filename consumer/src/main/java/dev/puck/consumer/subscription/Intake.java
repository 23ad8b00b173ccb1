package dev.puck.consumer.subscription;

import dev.puck.consumer.projection.EventBatch;
import dev.puck.consumer.projection.Gap;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.event.EventKind;
import dev.puck.event.GapEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * One poll, sorted: what a projection applies, and what speaks about the stream instead.
 *
 * @param batch the events to apply
 * @param gaps the gaps' records, one for each partition
 * @param tombstones how many records had no payload
 */
record Intake(EventBatch batch, List<Gap> gaps, int tombstones) {
  static Intake of(ConsumerRecords<byte[], byte[]> records) {
    List<IncomingEvent> all = new ArrayList<>(records.count());
    List<IncomingEvent> events = new ArrayList<>(records.count());
    List<Gap> gaps = new ArrayList<>();
    int tombstones = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      IncomingEvent event = new IncomingEvent(record);
      EventKind kind = event.kind();
      if (kind == EventKind.GAP) {
        gaps.add(gap(event));
        continue;
      }
      all.add(event);
      if (event.isTombstone()) {
        tombstones++;
      } else if (!kind.isControl()) {
        events.add(event);
      }
    }
    return new Intake(new EventBatch(events, all, next(records)), gaps, tombstones);
  }

  private static Map<TopicPartition, Long> next(ConsumerRecords<byte[], byte[]> records) {
    Map<TopicPartition, Long> next = new HashMap<>();
    records.nextOffsets().forEach((partition, offset) -> next.put(partition, offset.offset()));
    return next;
  }

  private static Gap gap(IncomingEvent event) {
    String topic = event.record().topic();
    if (event.isTombstone()) {
      return new Gap(event.id(), topic, null, null, "not told");
    }
    try {
      GapEvent gap = GapEvent.fromJson(event.payload());
      return new Gap(event.id(), topic, gap.from().toString(), gap.to().toString(), gap.reason());
    } catch (IllegalArgumentException e) {
      return new Gap(event.id(), topic, null, null, "not told (" + e.getMessage() + ")");
    }
  }
}
