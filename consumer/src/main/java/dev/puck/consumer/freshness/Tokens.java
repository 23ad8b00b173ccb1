package dev.puck.consumer.freshness;

import dev.puck.service.connection.Kafka;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells when a projection shows what a token stands for: the token is in its topic, and the
 * projection has everything up to where Kafka's partitions ended then. Thread-safe.
 */
public final class Tokens implements AutoCloseable {
  private final TokenLog log = new TokenLog();
  private final TokenFollower follower;
  private final EndOffsets ends;

  /** For the tokens of that topic; the client's id is {@code CONSUMER.tokens}. */
  public Tokens(Kafka kafka, String consumer, String topic) {
    this.follower = new TokenFollower(kafka, consumer + ".tokens", topic, log);
    this.ends = new EndOffsets(kafka);
  }

  public void start() {
    follower.start();
  }

  /**
   * Done once the projection shows it; fails if Kafka gives no answer. Whoever gives up cancels it.
   *
   * @param partitions all that the projection reads
   * @param whenReached tells when the projection has everything before some offsets
   */
  public CompletableFuture<Void> when(
      String token,
      Set<TopicPartition> partitions,
      Function<Map<TopicPartition, Long>, CompletableFuture<Void>> whenReached) {
    CompletableFuture<Void> published = log.when(token);
    Answer answer = new Answer();
    // However it ends, by a time-out above all, nobody goes on waiting below.
    answer.onEnd(() -> log.forget(token, published));
    answer.follow(
        published
            .thenCompose(any -> ends.now(partitions))
            .thenCompose(all -> reached(answer, whenReached.apply(only(partitions, all)))));
    return answer;
  }

  private static CompletableFuture<Void> reached(Answer answer, CompletableFuture<Void> reached) {
    answer.onEnd(() -> reached.cancel(false));
    return reached;
  }

  /** Whether the token is in its topic. */
  public boolean isPublished(String token) {
    return log.isPublished(token);
  }

  @Override
  public void close() {
    follower.close();
    ends.close();
  }

  private static Map<TopicPartition, Long> only(
      Set<TopicPartition> partitions, Map<TopicPartition, Long> all) {
    Map<TopicPartition, Long> some = new HashMap<>(all);
    some.keySet().retainAll(partitions);
    return some;
  }
}
