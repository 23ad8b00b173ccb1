package dev.puck.consumer.audit;

import dev.puck.consumer.projection.Sample;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Audits that nobody needs to ask for.
 *
 * @param every from the end of one to the next
 * @param keys how many each compares, where a part of them can be; null: all
 */
public record AuditSchedule(Duration every, @Nullable Integer keys) {
  /** The next one: of a sample, other keys each time. Nothing is repaired that nobody asked for. */
  AuditRequest next() {
    return new AuditRequest(/* repair= */ false, keys == null ? Sample.ALL : Sample.any(keys));
  }
}
