package dev.puck.bridge.config;

import dev.puck.service.config.Problems;
import dev.puck.service.config.Setting;
import java.time.Duration;

/** The section {@code outbox} of a bridge. */
public record OutboxConfig(
    @Setting(
            value =
                "`notify`: writers wake the bridge when it sleeps; `poll`: never, for two-phase"
                    + " commit, whose transactions cannot be prepared after a notification.",
            defaultValue = "notify")
        WakeMode wake,
    @Setting(
            value = "How often the bridge looks when `wake` is `poll` and nothing comes.",
            defaultValue = "50ms")
        Duration pollInterval,
    @Setting(
            value =
                "How often a sleeping bridge looks without being woken: for writers that set"
                    + " `puck.wake` to `off`.",
            defaultValue = "1s")
        Duration fallbackInterval,
    @Setting(
            value = "How often the oldest of the three outbox tables is emptied, if it can be.",
            defaultValue = "15s")
        Duration rotationInterval,
    @Setting(
            value = "Whether the rows that a newly watched table has already are published, too.",
            defaultValue = "true")
        boolean startingState,
    @Setting(
            value =
                "Whether a failover of PostgreSQL loses nothing (synchronous replication); else a"
                    + " new timeline stops the bridge until an operator adopts it.",
            defaultValue = "false")
        boolean losslessFailover) {
  public OutboxConfig {
    new Problems()
        .positive("poll-interval", pollInterval)
        .positive("fallback-interval", fallbackInterval)
        .positive("rotation-interval", rotationInterval)
        .throwIfAny();
  }

  /** As the file has it where it says nothing. */
  public static OutboxConfig byDefault() {
    return new OutboxConfig(
        WakeMode.NOTIFY,
        Duration.ofMillis(50),
        Duration.ofSeconds(1),
        Duration.ofSeconds(15),
        true,
        false);
  }
}
