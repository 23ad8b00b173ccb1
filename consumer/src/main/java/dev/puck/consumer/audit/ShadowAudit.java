package dev.puck.consumer.audit;

import dev.puck.consumer.projection.AuditShadow;
import dev.puck.consumer.projection.Auditable;
import dev.puck.consumer.projection.Comparison;
import dev.puck.consumer.projection.Sample;
import dev.puck.consumer.resync.ShadowBuild;
import dev.puck.consumer.resync.Truth;
import dev.puck.service.connection.Kafka;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares a projection with the truth while it goes on serving, key by key. A shadow is built from
 * the truth of one snapshot, and both are followed until the projection has everything that the
 * snapshot saw. Then the two must be equal at the same offsets, however busy writers are: what
 * differs is drift.
 *
 * <p>Where the source gives no token by which the coverage can be told, it waits until nothing that
 * the snapshot saw has come for a while, and says that the result is inexact.
 */
final class ShadowAudit implements Audit {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Auditable projection;
  private final Truth truth;
  private final Coverage coverage;
  private final Kafka kafka;
  private final String clientId;
  private final Duration quiet;
  private final AtomicLong rows = new AtomicLong();

  /**
   * @param quiet without a token, for how long nothing that the truth has must have come
   */
  ShadowAudit(
      Auditable projection,
      Truth truth,
      Coverage coverage,
      Kafka kafka,
      String clientId,
      Duration quiet) {
    this.projection = projection;
    this.truth = truth;
    this.coverage = coverage;
    this.kafka = kafka;
    this.clientId = clientId;
    this.quiet = quiet;
  }

  @Override
  public long rows() {
    return rows.get();
  }

  @Override
  public Outcome run(boolean repair) throws InterruptedException {
    try (AuditShadow shadow = projection.beginAudit(repair);
        ShadowBuild build = build(shadow)) {
      boolean covered = coverage.await(build.partitions(), () -> served(shadow, build));
      Comparison comparison =
          covered ? shadow.compare(build.catchUp()) : compareWhenQuiet(shadow, build);
      build.requireSameSource();
      boolean exact = covered && build.untold() == 0;
      boolean repaired = repair && exact && comparison.divergent() > 0;
      if (repaired) {
        build.swap();
      }
      return new Outcome(comparison, Sample.ALL, exact, repaired);
    }
  }

  private ShadowBuild build(AuditShadow shadow) {
    return ShadowBuild.begin(shadow, projection.topics(), truth, kafka, clientId, rows::addAndGet);
  }

  /** The shadow follows meanwhile. */
  private static Map<TopicPartition, Long> served(AuditShadow shadow, ShadowBuild build) {
    build.follow();
    return shadow.served();
  }

  /** Equal at any moment is right; different is drift only if nothing is seen to be under way. */
  private Comparison compareWhenQuiet(AuditShadow shadow, ShadowBuild build)
      throws InterruptedException {
    long seen = build.seen();
    long since = System.nanoTime();
    Comparison comparison = shadow.compare(build.catchUp());
    while (comparison.divergent() > 0 && System.nanoTime() - since < quiet.toNanos()) {
      Thread.sleep(LOOK.toMillis());
      build.follow();
      comparison = shadow.compare(build.catchUp());
      if (build.seen() != seen) {
        seen = build.seen();
        since = System.nanoTime();
      }
    }
    return comparison;
  }
}
