package dev.puck.consumer;

import dev.puck.consumer.audit.Published;
import dev.puck.consumer.freshness.Tokens;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/** When a token is published, and where partitions end then. Thread-safe. */
record PublishedTokens(Tokens tokens) implements Published {
  @Override
  public CompletableFuture<Map<TopicPartition, Long>> ends(
      String token, Set<TopicPartition> partitions) {
    CompletableFuture<Map<TopicPartition, Long>> ends = new CompletableFuture<>();
    CompletableFuture<Void> answer =
        tokens.when(
            token,
            partitions,
            at -> {
              ends.complete(at);
              return CompletableFuture.completedFuture(null);
            });
    var unusedEnd = ends.whenComplete((at, failure) -> answer.cancel(false));
    var unusedFailure =
        answer.exceptionally(
            failure -> {
              ends.completeExceptionally(failure);
              return null;
            });
    return ends;
  }
}
