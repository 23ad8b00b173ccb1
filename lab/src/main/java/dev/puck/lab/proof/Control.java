package dev.puck.lab.proof;

import dev.puck.bridge.milestone.Milestone;
import dev.puck.lab.proof.sabotage.Sabotage;
import dev.puck.lab.proof.workload.Mix;
import java.util.Set;

/**
 * Something wrong that a check must notice: a bridge that breaks a rule, or an observer that looks
 * at what is not to be seen.
 *
 * @param name as in the report
 * @param sabotage what the bridge does wrong
 * @param committedOnly whether the observer reads only what was committed, as it should
 * @param mix what the writers do
 * @param provocation what brings it to light
 * @param checks each of which must fail
 */
public record Control(
    String name,
    Sabotage sabotage,
    boolean committedOnly,
    Mix mix,
    Provocation provocation,
    Set<String> checks) {
  public Control {
    checks = Set.copyOf(checks);
  }

  /** What brings a sabotage to light. */
  public sealed interface Provocation {
    /** That the writers work for a while. */
    record Work() implements Provocation {}

    /** The same, and that the bridge dies at that point. */
    record Kills(Milestone at) implements Provocation {}

    /** The same, while it carries one large {@code COPY}. */
    record KillsInCopy(Milestone at) implements Provocation {}

    /** That PostgreSQL crashes right after transactions were rolled back. */
    record Crash() implements Provocation {}
  }
}
