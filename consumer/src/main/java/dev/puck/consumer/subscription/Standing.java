package dev.puck.consumer.subscription;

import dev.puck.service.retry.TransientException;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out where a projection stands, and has the reporter tell: its lag, whether it is up to
 * date, serving, well again. Owned by the subscription's thread.
 */
final class Standing {
  private static final Logger LOGGER = LoggerFactory.getLogger(Standing.class);
  private static final OptionalLong NONE = OptionalLong.of(0);

  private final Lag lag;
  private final WarmUp warmUp;
  private final Reporter reporter;
  private final Silence silence = new Silence();

  Standing(Lag lag, WarmUp warmUp, Reporter reporter) {
    this.lag = lag;
    this.warmUp = warmUp;
    this.reporter = reporter;
  }

  /** A batch was applied. */
  void applied() {
    OptionalLong behind = lag.know();
    behind.ifPresent(reporter.progress()::lag);
    silence.end();
    if (behind.equals(NONE)) {
      reporter.progress().upToDate();
    }
    reporter.recovered();
    warm();
  }

  /**
   * Nothing came. "All is well" must be Kafka's word then, and not a guess.
   *
   * @return whether Kafka says so
   * @throws TransientException if it gives no answer
   */
  boolean idle() {
    boolean ask = silence.isLong() || reporter.progress().error().isPresent();
    OptionalLong behind = ask ? lag.ask() : lag.know();
    behind.ifPresent(reporter.progress()::lag);
    boolean well = ask && behind.equals(NONE);
    if (ask) {
      silence.end();
    }
    if (well) {
      reporter.progress().upToDate();
      reporter.recovered();
    }
    warm();
    return well;
  }

  /** What counts the lag while everything is paused. */
  void paused() {
    try {
      lag.ask().ifPresent(reporter.progress()::lag);
    } catch (TransientException | KafkaException e) {
      LOGGER.debug("The lag is unknown meanwhile", e);
    }
  }

  private void warm() {
    if (warmUp.isOver()) {
      reporter.warm();
    }
  }
}
