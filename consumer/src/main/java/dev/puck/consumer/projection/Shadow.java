package dev.puck.consumer.projection;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A projection's state that is being built anew beside the one that it serves. Owned by one thread,
 * which is not the projection's. Every method may throw {@link
 * dev.puck.service.retry.TransientException}: then it is to be closed, and another begun.
 */
public interface Shadow extends AutoCloseable {
  /** The next offset of each partition in the state that is served; empty if there is none yet. */
  Map<TopicPartition, Long> served();

  /** Takes rows of the truth, each a JSON object. */
  void add(List<String> rows);

  /**
   * Applies events, as the projection does; leaves out those that cannot be applied, which the
   * projection itself makes dead letters.
   */
  void apply(List<IncomingEvent> events);

  /**
   * Puts it in the place of what is served, for all readers at once. Nothing is applied to what is
   * served meanwhile.
   *
   * @param truth what it was built from
   * @param catchUp called once, to bring it to where the other one stands
   */
  void swap(SourceSnapshot truth, CatchUp catchUp);

  /** Forgets it, unless it was swapped in. Never fails. */
  @Override
  void close();

  /** Applies the events that it lacks. */
  interface CatchUp {
    /**
     * Follows to exactly these offsets.
     *
     * @param events applies them, as part of the swap
     * @return where each partition stands then, those that {@code served} lacks among them
     */
    Map<TopicPartition, Long> to(
        Map<TopicPartition, Long> served, Consumer<List<IncomingEvent>> events);
  }
}
