package dev.puck.consumer.audit;

import dev.puck.consumer.projection.Auditable;
import dev.puck.consumer.resync.Truth;
import dev.puck.service.connection.Kafka;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audits of a consumer's projections, those that have a truth. Thread-safe once started. */
public final class Audits implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final Kafka kafka;
  private final String consumer;
  private final Published published;
  private final MeterRegistry registry;
  private final @Nullable Duration every;
  private final List<AuditTask> tasks = new ArrayList<>();

  /**
   * For the consumer of that name.
   *
   * @param every from the end of one audit to the next; null: only when asked for
   */
  public Audits(
      Kafka kafka,
      String consumer,
      Published published,
      MeterRegistry registry,
      @Nullable Duration every) {
    this.kafka = kafka;
    this.consumer = consumer;
    this.published = published;
    this.registry = registry;
    this.every = every;
  }

  /** To be called before {@link #start}. */
  public void add(Auditable projection, Truth truth) {
    String kind = projection.kind().text();
    String clientId = consumer + ".audit." + kind + "." + projection.name();
    Coverage coverage = new Coverage(truth, published, PATIENCE);
    tasks.add(
        new AuditTask(
            kind,
            projection.name(),
            () -> new Audit(projection, truth, coverage, kafka, clientId, QUIET),
            new AuditMeters(registry, projection),
            every));
  }

  public void start() {
    tasks.forEach(AuditTask::start);
  }

  /**
   * Asks for an audit of all projections of that name, and does not wait for it.
   *
   * @param repair whether what differs is put right
   * @return how they were just before, with the number that each audit has; empty if none of that
   *     name has a truth
   */
  public List<AuditStatus> request(String name, boolean repair) {
    List<AuditStatus> before = new ArrayList<>();
    for (AuditTask task : tasks) {
      if (task.name().equals(name)) {
        before.add(task.request(repair));
      }
    }
    return before;
  }

  /** How each is. */
  public List<AuditStatus> status() {
    return tasks.stream().map(AuditTask::status).toList();
  }

  /** Ends those at hand, without effect; waits a few seconds for that. */
  @Override
  public void close() {
    tasks.forEach(AuditTask::close);
  }
}
