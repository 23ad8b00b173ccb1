package dev.puck.consumer.config;

import dev.puck.service.config.Problems;
import dev.puck.service.config.Setting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Audits that nobody needs to ask for.
 *
 * @param every from the end of one to the next
 * @param sample null: all keys
 */
public record AuditConfig(
    @Setting(
            "How often projections with a `truth` are compared with it. Each audit reads the truth"
                + " on the source, and the process's memory or a temporary table holds it.")
        Duration every,
    @Setting(
            "How many keys of a cache each compares, others each time; without it all. Summaries"
                + " and reducers are compared whole.")
        @Nullable Integer sample) {
  public AuditConfig {
    new Problems()
        .positive("every", every)
        .check(
            sample == null || sample > 0,
            "sample",
            "is " + sample + "; it must be 1 or more. Remove it to compare all keys.")
        .throwIfAny();
  }
}
