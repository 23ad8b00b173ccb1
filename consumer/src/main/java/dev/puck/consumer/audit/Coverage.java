package dev.puck.consumer.audit;

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
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a projection has everything that the snapshot saw under which the truth was read.
 * Until then the truth has what is still to come to the projection. Owned by one thread.
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
   * Waits.
   *
   * @param served where the projection stands; asked now and then
   * @return false, at once, if the source gives no token by which that can be told
   * @throws TransientException if the token is not published, or the projection stands still
   */
  boolean await(Set<TopicPartition> partitions, Supplier<Map<TopicPartition, Long>> served)
      throws InterruptedException {
    Optional<String> token = truth.token();
    if (token.isEmpty()) {
      return false;
    }
    reach(ends(token.get(), partitions), served);
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

  private void reach(Map<TopicPartition, Long> ends, Supplier<Map<TopicPartition, Long>> projection)
      throws InterruptedException {
    Map<TopicPartition, Long> served = projection.get();
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
      Map<TopicPartition, Long> now = projection.get();
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
