package dev.puck.consumer.audit;

import dev.puck.consumer.projection.Auditable;
import dev.puck.consumer.projection.EntryAuditable;
import dev.puck.consumer.projection.Projection;
import dev.puck.consumer.projection.Sample;
import dev.puck.consumer.resync.Truth;
import dev.puck.service.connection.Kafka;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The audits of a consumer's projections, those that have a truth. Thread-safe once started. */
public final class Audits implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final Kafka kafka;
  private final String consumer;
  private final Published published;
  private final MeterRegistry registry;
  private final @Nullable AuditSchedule schedule;
  private final List<AuditTask> tasks = new ArrayList<>();

  /**
   * For the consumer of that name.
   *
   * @param schedule null: only when asked for
   */
  public Audits(
      Kafka kafka,
      String consumer,
      Published published,
      MeterRegistry registry,
      @Nullable AuditSchedule schedule) {
    this.kafka = kafka;
    this.consumer = consumer;
    this.published = published;
    this.registry = registry;
    this.schedule = schedule;
  }

  /** To be called before {@link #start}. */
  public void add(Auditable projection, Truth truth) {
    String clientId = consumer + ".audit." + projection.kind().text() + "." + projection.name();
    Coverage coverage = new Coverage(truth, published, PATIENCE);
    add(
        projection,
        anySample -> new ShadowAudit(projection, truth, coverage, kafka, clientId, QUIET));
  }

  /**
   * To be called before {@link #start}.
   *
   * @param partitions asked for all that it reads
   */
  public void add(
      EntryAuditable projection, Truth truth, Supplier<Set<TopicPartition>> partitions) {
    Coverage coverage = new Coverage(truth, published, PATIENCE);
    add(
        projection,
        sample -> new EntryAudit(projection, sample, truth, coverage, partitions, QUIET));
  }

  private void add(Projection projection, Function<Sample, Audit> audits) {
    tasks.add(new AuditTask(projection, audits, new AuditMeters(registry, projection), schedule));
  }

  public void start() {
    tasks.forEach(AuditTask::start);
  }

  /**
   * Asks for an audit of all projections of that name, and does not wait for it.
   *
   * @return how they were just before, with the number that each audit has; empty if none of that
   *     name has a truth
   */
  public List<AuditStatus> request(String name, AuditRequest request) {
    List<AuditStatus> before = new ArrayList<>();
    for (AuditTask task : tasks) {
      if (task.name().equals(name)) {
        before.add(task.request(request));
      }
    }
    return before;
  }

  /** Whether any of that name may compare a part of its keys; others compare all. */
  public boolean takesSamples(String name) {
    return tasks.stream().anyMatch(task -> task.name().equals(name) && task.takesSamples());
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
