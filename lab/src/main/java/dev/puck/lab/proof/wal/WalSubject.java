package dev.puck.lab.proof.wal;

import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.milestone.Milestone;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.bridge.schema.SchemaRepository;
import dev.puck.bridge.source.wal.WalInstaller;
import dev.puck.lab.proof.CommonControls;
import dev.puck.lab.proof.Control;
import dev.puck.lab.proof.Control.Provocation;
import dev.puck.lab.proof.Subject;
import dev.puck.lab.proof.fault.FaultKind;
import dev.puck.lab.proof.fault.FaultPlan;
import dev.puck.lab.proof.history.Capture;
import dev.puck.lab.proof.history.Coverage;
import dev.puck.lab.proof.observer.Slot;
import dev.puck.lab.proof.sabotage.Sabotage;
import dev.puck.lab.proof.workload.Database;
import dev.puck.lab.proof.workload.Mix;
import dev.puck.lab.proof.workload.Mix.Step;
import dev.puck.service.connection.PostgresConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.replication.LogSequenceNumber;

/** The source {@code wal}, exactly once. */
public final class WalSubject implements Subject {
  private static final WalConfig CONFIG = WalConfig.byDefault();
  private static final Pattern PLACE = Pattern.compile("lsn\\W+([0-9A-F]+/[0-9A-F]+)");

  /**
   * The lock waits for those who write to a table, so that all of a transaction is told or none.
   */
  private static final Capture CAPTURE =
      new Capture(
          "lock table %1$s in share row exclusive mode; alter publication "
              + CONFIG.publication()
              + " add table %1$s",
          /* wholeRows= */ false,
          /* commitOrder= */ true);

  /** The publication is there before the tables, which can be decoded from then on. */
  @Override
  public void install(Database database, Setting setting) throws SQLException {
    PostgresConfig config = new PostgresConfig(setting.url(), "postgres", null);
    try (Connection connection = database.connect()) {
      new SchemaInstaller(connection).install();
      new SchemaRepository(connection).publishToWal();
      new WalInstaller(connection, config, CONFIG.slotOf(setting.name()), CONFIG.publication())
          .install(List.of(), /* full= */ false);
    }
  }

  @Override
  public String bridgeConfig() {
    return """
        source: wal
        checkpoint-interval: 1s
        """;
  }

  @Override
  public Capture capture() {
    return CAPTURE;
  }

  /** Those whose commit ends before its place, also within a transaction. */
  @Override
  public Coverage coverage(String checkpoint) {
    long place = place(checkpoint);
    return (xid, end) -> Long.compareUnsigned(end, place) <= 0;
  }

  @Override
  public Optional<Slot> slot(String bridge) {
    return Optional.of(new Slot(CONFIG.slotOf(bridge), bridge, WalSubject::place));
  }

  @Override
  public FaultPlan faults() {
    return FaultPlan.with(
        FaultKind.AT_WITHIN,
        FaultKind.AT_WITHIN,
        FaultKind.AT_WITHIN,
        FaultKind.AT_CONFIRMING,
        FaultKind.AT_CONFIRMING,
        FaultKind.AT_CONFIRMED,
        FaultKind.AT_CONFIRMED,
        FaultKind.WALSENDER,
        FaultKind.WALSENDER,
        FaultKind.AT_STARTING_STATE);
  }

  @Override
  public List<Control> controls() {
    return CommonControls.after(
        new Control(
            "position-by-lsn",
            Sabotage.POSITION_BY_LSN,
            /* committedOnly= */ true,
            Mix.nothing(),
            new Provocation.KillsInCopy(Milestone.COMMITTED),
            Set.of("duplicated")),
        new Control(
            "slot-before-commit",
            Sabotage.CONFIRMED_EARLY,
            /* committedOnly= */ true,
            Mix.only(3, 0, Step.UPSERT),
            new Provocation.Kills(Milestone.CONFIRMED),
            Set.of("lost", "slot_ahead")));
  }

  private static long place(String checkpoint) {
    Matcher place = PLACE.matcher(checkpoint);
    if (!place.find()) {
      throw new IllegalArgumentException("No place in the WAL: " + checkpoint);
    }
    return LogSequenceNumber.valueOf(place.group(1)).asLong();
  }
}
