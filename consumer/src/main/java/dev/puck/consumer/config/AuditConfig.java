package dev.puck.consumer.config;

import dev.puck.service.config.Problems;
import dev.puck.service.config.Setting;
import java.time.Duration;

/**
 * Audits that nobody needs to ask for.
 *
 * @param every from the end of one to the next
 */
public record AuditConfig(
    @Setting(
            "How often projections with a `truth` are compared with it. Each audit reads the truth"
                + " on the source, and the process's memory or a temporary table holds it.")
        Duration every) {
  public AuditConfig {
    new Problems().positive("every", every).throwIfAny();
  }
}
