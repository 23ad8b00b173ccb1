package dev.puck.lab.proof.outbox;

import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.event.Snapshot;
import dev.puck.lab.proof.CommonControls;
import dev.puck.lab.proof.Control;
import dev.puck.lab.proof.Control.Provocation;
import dev.puck.lab.proof.Subject;
import dev.puck.lab.proof.fault.FaultKind;
import dev.puck.lab.proof.fault.FaultPlan;
import dev.puck.lab.proof.history.Capture;
import dev.puck.lab.proof.history.Coverage;
import dev.puck.lab.proof.sabotage.Sabotage;
import dev.puck.lab.proof.workload.Database;
import dev.puck.lab.proof.workload.Mix;
import dev.puck.lab.proof.workload.Mix.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The source {@code outbox}, exactly once. */
public final class OutboxSubject implements Subject {
  private static final Pattern COVERED = Pattern.compile("covered\\W+(\\d+:\\d+:[\\d,]*)");

  private static final Capture CAPTURE =
      new Capture("select puck.watch('%s')", /* wholeRows= */ true, /* commitOrder= */ false);

  @Override
  public void install(Database database, Setting setting) throws SQLException {
    try (Connection connection = database.connect()) {
      new SchemaInstaller(connection).install();
    }
  }

  @Override
  public String bridgeConfig() {
    return """
        source: outbox
        outbox:
          rotation-interval: 1s
        """;
  }

  @Override
  public Capture capture() {
    return CAPTURE;
  }

  /**
   * Those that the snapshot sees which the position names as covered. In the middle of a large
   * batch it covers more, which is not asked.
   */
  @Override
  public Coverage coverage(String checkpoint) {
    Matcher covered = COVERED.matcher(checkpoint);
    if (!covered.find()) {
      return Coverage.NOTHING;
    }
    Snapshot snapshot = Snapshot.parse(covered.group(1));
    return (xid, end) -> snapshot.sees(xid);
  }

  @Override
  public FaultPlan faults() {
    return FaultPlan.with(
        FaultKind.AT_STARTING_STATE, FaultKind.AT_ROTATING, FaultKind.AT_ROTATING);
  }

  @Override
  public List<Control> controls() {
    return CommonControls.after(
        control(
            "read-by-id",
            Sabotage.READ_BY_ID,
            Mix.only(2, 4, Step.UPSERT, Step.INSERT),
            new Provocation.Work(),
            "lost"),
        control(
            "uncapped-xmax",
            Sabotage.UNCAPPED_XMAX,
            Mix.nothing(),
            new Provocation.Crash(),
            "lost"),
        control(
            "capture-order",
            Sabotage.CAPTURE_ORDER,
            Mix.only(2, 0, Step.NEST),
            new Provocation.Work(),
            "out_of_order"));
  }

  private static Control control(
      String name, Sabotage sabotage, Mix mix, Provocation provocation, String check) {
    return new Control(name, sabotage, true, mix, provocation, Set.of(check));
  }
}
