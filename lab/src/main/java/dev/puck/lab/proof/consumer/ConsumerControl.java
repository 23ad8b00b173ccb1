package dev.puck.lab.proof.consumer;

import dev.puck.lab.proof.consumer.ConsumerFault.Kind;
import dev.puck.lab.proof.consumer.judge.Layout;
import dev.puck.lab.proof.consumer.process.ConsumerSabotage;
import java.util.List;

/**
 * A consumer that breaks a rule, which a check must notice.
 *
 * @param name as in the report
 * @param sabotage what it does wrong
 * @param provocation what brings it to light
 * @param checks one of which must fail
 */
public record ConsumerControl(
    String name, ConsumerSabotage sabotage, ConsumerFault provocation, List<String> checks) {
  public ConsumerControl {
    checks = List.copyOf(checks);
  }

  /** Every one. */
  public static List<ConsumerControl> all() {
    return List.of(
        new ConsumerControl(
            "unguarded-set",
            ConsumerSabotage.UNGUARDED_SET,
            new ConsumerFault(Kind.FREEZE, 0, Layout.REDIS_ACCOUNT, 1, 0, false),
            List.of("went_back", "redis")),
        new ConsumerControl(
            "offsets-outside-transaction",
            ConsumerSabotage.OFFSETS_LATE,
            new ConsumerFault(Kind.AT_APPLIED, 0, Layout.SUMMARY, 3, 0, false),
            List.of("summary")));
  }
}
