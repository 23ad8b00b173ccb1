package dev.puck.consumer.audit;

import dev.puck.consumer.projection.Divergence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** What audits leave in the log: drift is a warning. Values are shown at TRACE only. */
final class AuditLog {
  private static final Logger LOGGER = LoggerFactory.getLogger(AuditLog.class);

  private AuditLog() {}

  static void ended(String projection, AuditResult result) {
    Level level = result.divergent() == 0 ? Level.INFO : Level.WARN;
    LoggingEventBuilder event =
        LOGGER
            .atLevel(level)
            .addKeyValue("projection", projection)
            .addKeyValue("checked", result.checked())
            .addKeyValue("divergent", result.divergent())
            .addKeyValue("exact", result.exact())
            .addKeyValue("newer", result.newer())
            .addKeyValue("seconds", result.seconds());
    if (result.sample() != null) {
      event = event.addKeyValue("sample", result.sample()).addKeyValue("seed", result.seed());
    }
    @Nullable Divergence first = result.first();
    if (first == null) {
      event.log("Audit ended");
      return;
    }
    event
        .addKeyValue("key", first.key())
        .addKeyValue("repaired", result.repaired())
        .log("Audit found drift");
    LOGGER
        .atTrace()
        .addKeyValue("projection", projection)
        .addKeyValue("served", first.served())
        .addKeyValue("truth", first.truth())
        .log("First drift");
  }

  static void failed(String projection, String why, boolean isNew, RuntimeException e) {
    if (isNew) {
      LOGGER
          .atWarn()
          .addKeyValue("projection", projection)
          .addKeyValue("error", why)
          .log("Audit failed, and is tried again");
    }
    LOGGER.debug("Audit of {} failed", projection, e);
  }
}
