package dev.puck.consumer.projection;

import dev.puck.service.retry.TransientException;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** A shadow that is built to be compared with what is served. */
public interface AuditShadow extends Shadow {
  /**
   * Compares the two while both stand at the same offsets. It may be called again; what comes
   * between, the shadow is to be given.
   *
   * @param catchUp called once, to bring the shadow to where the other one stands
   * @throws TransientException also if what is served was built anew since the shadow was begun,
   *     perhaps from a later truth
   */
  Comparison compare(CatchUp catchUp);

  /**
   * The two stand at the same offsets.
   *
   * @throws TransientException if they do not: offsets were moved back, or partitions added
   */
  static void requireSame(Map<TopicPartition, Long> served, Map<TopicPartition, Long> shadow) {
    if (!served.equals(shadow)) {
      throw new TransientException(
          "What is served stands at "
              + served
              + ", and its shadow at "
              + shadow
              + "; the audit begins again.");
    }
  }
}
