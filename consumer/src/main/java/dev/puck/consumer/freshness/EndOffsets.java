package dev.puck.consumer.freshness;

import dev.puck.service.connection.Kafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka where partitions end, open transactions included. Those who ask while a question is on
 * its way share the next one, so that many readers cost no more than one. Thread-safe.
 */
final class EndOffsets implements AutoCloseable {
  private final Admin admin;
  private final Set<TopicPartition> partitions = new java.util.HashSet<>();
  private List<CompletableFuture<Map<TopicPartition, Long>>> next = new ArrayList<>();
  private boolean asking;

  EndOffsets(Kafka kafka) {
    this.admin = kafka.admin();
  }

  /** The end offsets of these, and perhaps of others, at some moment from now on. */
  CompletableFuture<Map<TopicPartition, Long>> now(Set<TopicPartition> wanted) {
    CompletableFuture<Map<TopicPartition, Long>> answer = new CompletableFuture<>();
    synchronized (this) {
      partitions.addAll(wanted);
      next.add(answer);
      if (asking) {
        return answer;
      }
      asking = true;
    }
    ask();
    return answer;
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }

  private void ask() {
    Map<TopicPartition, OffsetSpec> question = new HashMap<>();
    List<CompletableFuture<Map<TopicPartition, Long>>> those;
    synchronized (this) {
      partitions.forEach(partition -> question.put(partition, OffsetSpec.latest()));
      those = next;
      next = new ArrayList<>();
    }
    var unused =
        admin
            .listOffsets(question, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
            .all()
            .whenComplete(
                (offsets, failure) -> {
                  Map<TopicPartition, Long> ends = new HashMap<>();
                  if (failure == null) {
                    offsets.forEach((partition, end) -> ends.put(partition, end.offset()));
                  }
                  answer(those, ends, failure);
                  askAgain();
                });
  }

  private static void answer(
      List<CompletableFuture<Map<TopicPartition, Long>>> those,
      Map<TopicPartition, Long> ends,
      @Nullable Throwable failure) {
    for (CompletableFuture<Map<TopicPartition, Long>> each : those) {
      if (failure == null) {
        each.complete(ends);
      } else {
        each.completeExceptionally(failure);
      }
    }
  }

  private void askAgain() {
    synchronized (this) {
      if (next.isEmpty()) {
        asking = false;
        return;
      }
    }
    ask();
  }
}
