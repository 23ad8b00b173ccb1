package dev.puck.consumer.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.puck.consumer.projection.Comparison;
import dev.puck.consumer.projection.Divergence;
import dev.puck.consumer.projection.Sample;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an audit found, as it is shown.
 *
 * @param checked how many keys were compared
 * @param newer how many keys were not, since what is served is newer than the truth that was read
 * @param divergent at how many of them the projection was not what the truth says
 * @param right the others' share, such as {@code 99.998 %} or {@code all of 14,839}
 * @param first the first divergent key; null if there is none
 * @param sample how many keys were to be compared; null: all
 * @param seed that chose them; null with all
 * @param exact false where a difference may be an event on its way
 * @param repaired whether it was put right then
 * @param seconds how long it took
 * @param finishedAt ISO 8601
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditResult(
    long checked,
    long newer,
    long divergent,
    String right,
    @Nullable Divergence first,
    @Nullable Integer sample,
    @Nullable Long seed,
    boolean exact,
    boolean repaired,
    double seconds,
    String finishedAt) {
  static AuditResult of(Audit.Outcome outcome, long nanos, Instant now) {
    Comparison comparison = outcome.comparison();
    Sample sample = outcome.sample();
    return new AuditResult(
        comparison.checked(),
        comparison.newer(),
        comparison.divergent(),
        Nines.of(comparison.checked(), comparison.divergent()),
        comparison.first(),
        sample.keys(),
        sample.keys() == null ? null : sample.seed(),
        outcome.exact(),
        outcome.repaired(),
        nanos / 1e9,
        now.toString());
  }
}
