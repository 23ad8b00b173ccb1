package dev.puck.consumer.subscription;

import dev.puck.consumer.projection.Applied;
import dev.puck.consumer.projection.Gap;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.Projection;
import dev.puck.consumer.projection.ProjectionStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the world how a projection is: log, metrics, status. Each change of its state is logged
 * once. Written by the subscription's thread; {@link #status} and {@link #progress} are for all.
 */
final class Reporter {
  private static final Logger LOGGER = LoggerFactory.getLogger(Reporter.class);

  private final Progress progress;
  private final Meters meters;
  private final Clock clock;
  private final Consumer<Gap> onGap;
  private final String projection;
  private boolean serving;

  Reporter(
      Projection projection,
      List<String> topics,
      MeterRegistry registry,
      Clock clock,
      Consumer<Gap> onGap) {
    this.onGap = onGap;
    this.progress = new Progress(projection, topics);
    this.meters = new Meters(registry, progress);
    this.clock = clock;
    this.projection = projection.kind().text() + "/" + projection.name();
  }

  Progress progress() {
    return progress;
  }

  ProjectionStatus status() {
    return progress.status((long) meters.events.count(), (long) meters.deadLetters.count());
  }

  void applied(Intake intake, Applied applied, long nanos) {
    meters.events.increment(applied.events());
    meters.deadLetters.increment(applied.deadLetters());
    meters.tombstones.increment(intake.tombstones());
    meters.apply.record(nanos, TimeUnit.NANOSECONDS);
    if (applied.deadLetters() > 0) {
      LOGGER
          .atWarn()
          .addKeyValue("projection", projection)
          .addKeyValue("deadLetters", applied.deadLetters())
          .log("Events could not be applied and are in the dead-letter topic");
    }
    intake.gaps().forEach(this::gap);
    // While warming, old events come by that nobody waits for.
    if (progress.isReadable()) {
      staleness(intake.batch().events());
    }
  }

  void gap(Gap gap) {
    if (progress.add(gap)) {
      meters.gaps.increment();
      LOGGER
          .atWarn()
          .addKeyValue("projection", projection)
          .addKeyValue("topic", gap.topic())
          .addKeyValue("from", gap.from())
          .addKeyValue("to", gap.to())
          .addKeyValue("reason", gap.reason())
          .log("Events may be missing");
      onGap.accept(gap);
    }
  }

  void fenced(String why) {
    meters.fenced.increment();
    LOGGER.atInfo().addKeyValue("projection", projection).addKeyValue("reason", why).log("Fenced");
  }

  void warm() {
    progress.warm();
    boolean readable = progress.isReadable();
    if (readable && !serving) {
      LOGGER.atInfo().addKeyValue("projection", projection).log("Projection is serving");
    }
    serving = readable;
  }

  void degraded(RuntimeException why) {
    String error = String.valueOf(why.getMessage());
    if (progress.error().isEmpty()) {
      LOGGER
          .atWarn()
          .addKeyValue("projection", projection)
          .addKeyValue("error", error)
          .log("Projection cannot go on, and tries again");
    }
    LOGGER.debug("Projection {} tries again", projection, why);
    progress.degraded(error);
  }

  void recovered() {
    if (progress.error().isPresent()) {
      progress.recovered();
      LOGGER.atInfo().addKeyValue("projection", projection).log("Projection goes on");
    }
  }

  void failed(Throwable why) {
    progress.failed("Defect: " + why + "; restart the process, and report it.");
    LOGGER
        .atError()
        .addKeyValue("projection", projection)
        .setCause(why)
        .log("Projection died of a defect; restart the process, and report this");
  }

  private void staleness(List<IncomingEvent> events) {
    Instant now = clock.instant();
    long nowMicros = TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
    for (IncomingEvent event : events) {
      OptionalLong committed = event.committedMicros();
      if (committed.isPresent()) {
        // Two machines' clocks may differ by more than an event took.
        long micros = Math.max(0, nowMicros - committed.getAsLong());
        meters.staleness.record(micros, TimeUnit.MICROSECONDS);
        progress.staleness(micros / 1e6);
      }
    }
  }
}
