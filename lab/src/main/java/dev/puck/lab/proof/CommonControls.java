package dev.puck.lab.proof;

import dev.puck.bridge.milestone.Milestone;
import dev.puck.lab.proof.Control.Provocation;
import dev.puck.lab.proof.sabotage.Sabotage;
import dev.puck.lab.proof.workload.Mix;
import dev.puck.lab.proof.workload.Mix.Step;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What must be noticed whichever source a bridge reads. */
public final class CommonControls {
  private static final Mix UPDATES = Mix.only(3, 0, Step.UPSERT, Step.PUBLISH);

  private static final List<Control> COMMON =
      List.of(
          new Control(
              "checkpoint-outside-transaction",
              Sabotage.CHECKPOINT_LATE,
              /* committedOnly= */ true,
              UPDATES,
              new Provocation.Kills(Milestone.COMMITTED),
              Set.of("duplicated")),
          new Control(
              "checkpoint-before-events",
              Sabotage.CHECKPOINT_EARLY,
              /* committedOnly= */ true,
              UPDATES,
              new Provocation.Kills(Milestone.COMMITTED),
              Set.of("checkpoint_ahead")),
          new Control(
              "transactions-forgotten",
              Sabotage.TRANSACTIONS_FORGOTTEN,
              /* committedOnly= */ true,
              Mix.nothing(),
              new Provocation.KillsInCopy(Milestone.COMMITTED),
              Set.of("transactions")),
          new Control(
              "read-uncommitted",
              Sabotage.NONE,
              /* committedOnly= */ false,
              Mix.nothing(),
              // Of less than a COPY nothing may have been sent by then.
              new Provocation.KillsInCopy(Milestone.COMMITTING),
              Set.of("duplicated")));

  private CommonControls() {}

  /** These, and then what must be noticed of every source. */
  public static List<Control> after(Control... own) {
    return Stream.concat(Stream.of(own), COMMON.stream()).toList();
  }
}
