package dev.puck.consumer.audit;

import dev.puck.consumer.projection.AuditShadow;
import dev.puck.consumer.resync.ShadowBuild;
import dev.puck.consumer.resync.Truth;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a projection has everything that the snapshot saw from which its shadow was built.
 * Until then the shadow has what is still to come to the other one. Owned by one thread.
 */
final class Coverage {
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Truth truth;
  private final Published published;
  private final Duration patience;

  /**
   * @param patience how long the bridge, and then the projection, may make no progress
   */
  Coverage(Truth truth, Published published, Duration patience) {
    this.truth = truth;
    this.published = published;
    this.patience = patience;
  }

  /**
   * Waits; the shadow follows meanwhile.
   *
   * @return false, at once, if the source gives no token by which that can be told
   * @throws TransientException if the token is not published, or the projection stands still
   */
  boolean await(AuditShadow shadow, ShadowBuild build) throws InterruptedException {
    Optional<String> token = truth.token();
    if (token.isEmpty()) {
      return false;
    }
    reach(ends(token.get(), build.partitions()), shadow, build);
    return true;
  }

  private Map<TopicPartition, Long> ends(String token, Set<TopicPartition> partitions)
      throws InterruptedException {
    CompletableFuture<Map<TopicPartition, Long>> ends = published.ends(token, partitions);
    try {
      return ends.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new TransientException(
          "The token "
              + token
              + " that an audit took from the source was not published in "
              + patience
              + ". Is the bridge running, from the outbox or the WAL, and is consumer.token-topic"
              + " its topic of tokens?",
          e);
    } catch (ExecutionException e) {
      throw new TransientException(
          "Kafka did not say where its partitions end: " + e.getCause() + ". Is it running?", e);
    } finally {
      ends.cancel(false);
    }
  }

  private void reach(Map<TopicPartition, Long> ends, AuditShadow shadow, ShadowBuild build)
      throws InterruptedException {
    Map<TopicPartition, Long> served = shadow.served();
    long moved = System.nanoTime();
    while (!isAt(served, ends)) {
      if (System.nanoTime() - moved > patience.toNanos()) {
        throw new TransientException(
            "The projection stands at "
                + served
                + " for "
                + patience
                + ", and its audit waits until it is at "
                + ends
                + ". What does /status say of it?");
      }
      Thread.sleep(LOOK.toMillis());
      build.follow();
      Map<TopicPartition, Long> now = shadow.served();
      moved = now.equals(served) ? moved : System.nanoTime();
      served = now;
    }
  }

  private static boolean isAt(Map<TopicPartition, Long> served, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              @Nullable Long at = served.get(end.getKey());
              return (at == null ? 0 : at) >= end.getValue();
            });
  }
}
