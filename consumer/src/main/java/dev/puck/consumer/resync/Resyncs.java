package dev.puck.consumer.resync;

import dev.puck.consumer.projection.Alignable;
import dev.puck.consumer.projection.Projection;
import dev.puck.consumer.projection.Resyncable;
import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resyncs of a consumer's projections, those that have a truth. Thread-safe once started. */
public final class Resyncs implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Resyncs.class);

  private final Kafka kafka;
  private final String consumer;
  private final MeterRegistry registry;
  private final List<ResyncTask> tasks = new ArrayList<>();

  /** For the consumer of that name. */
  public Resyncs(Kafka kafka, String consumer, MeterRegistry registry) {
    this.kafka = kafka;
    this.consumer = consumer;
    this.registry = registry;
  }

  /** To be called before {@link #start}. */
  public void add(Projection projection, Truth truth) {
    tasks.add(new ResyncTask(projection, truth, kafka, consumer, registry));
  }

  /** Builds first what has no state yet. */
  public void start() {
    for (ResyncTask task : tasks) {
      task.start();
      if (isUnbuilt(task.projection())) {
        task.request("first start");
      }
    }
  }

  /**
   * Asks for a resync of the projection, and does not wait for it.
   *
   * @return whether it has a truth
   */
  public boolean request(Projection projection, String reason) {
    for (ResyncTask task : tasks) {
      if (task.projection() == projection) {
        task.request(reason);
        return true;
      }
    }
    return false;
  }

  /**
   * Asks for a resync of all projections of that name.
   *
   * @return whether any has a truth
   */
  public boolean request(String name, String reason) {
    List<ResyncTask> named =
        tasks.stream().filter(each -> each.projection().name().equals(name)).toList();
    named.forEach(each -> each.request(reason));
    return !named.isEmpty();
  }

  /** How each is. */
  public List<ResyncStatus> status() {
    return tasks.stream().map(ResyncTask::status).toList();
  }

  /** Ends those at hand, without effect; waits a few seconds for that. */
  @Override
  public void close() {
    tasks.forEach(ResyncTask::close);
  }

  private static boolean isUnbuilt(Projection projection) {
    try {
      return projection instanceof Alignable alignable
          ? alignable.isUnaligned()
          : ((Resyncable) projection).isUnbuilt();
    } catch (TransientException e) {
      LOGGER.debug("Cannot tell whether {} has a state", projection.name(), e);
      return true;
    }
  }
}
