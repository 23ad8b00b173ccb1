package dev.puck.lab.proof.outbox;

import dev.puck.bridge.milestone.Milestone;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.bridge.source.Snapshot;
import dev.puck.lab.proof.Control;
import dev.puck.lab.proof.Control.Provocation;
import dev.puck.lab.proof.Subject;
import dev.puck.lab.proof.sabotage.Sabotage;
import dev.puck.lab.proof.workload.Database;
import dev.puck.lab.proof.workload.Mix;
import dev.puck.lab.proof.workload.Mix.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The source {@code outbox}, exactly once. */
public final class OutboxSubject implements Subject {
  private static final Pattern COVERED = Pattern.compile("covered\\W+(\\d+:\\d+:[\\d,]*)");
  private static final Mix UPDATES = Mix.only(3, 0, Step.UPSERT, Step.PUBLISH);

  @Override
  public void install(Database database) throws SQLException {
    try (Connection connection = database.connect()) {
      new SchemaInstaller(connection).install();
    }
  }

  @Override
  public String config(Setting setting) {
    return """
        kafka:
          bootstrap-servers: %s
        bridge:
          name: %s
          postgres:
            url: %s
            user: postgres
          source: outbox
          delivery: exactly-once
          outbox:
            rotation-interval: 1s
          topics:
            prefix: %s
            partitions: 3
          http:
            port: 0
        """
        .formatted(
            setting.bootstrapServers(), setting.name(), setting.url(), setting.topicPrefix());
  }

  /**
   * Those that the snapshot sees which the position names as covered. In the middle of a large
   * batch it covers more, which is not asked.
   */
  @Override
  public LongPredicate coverage(String checkpoint) {
    Matcher covered = COVERED.matcher(checkpoint);
    return covered.find() ? Snapshot.parse(covered.group(1))::sees : xid -> false;
  }

  @Override
  public List<Control> controls() {
    return List.of(
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
            "checkpoint-outside-transaction",
            Sabotage.CHECKPOINT_LATE,
            UPDATES,
            new Provocation.Kills(Milestone.COMMITTED),
            "duplicated"),
        control(
            "checkpoint-before-events",
            Sabotage.CHECKPOINT_EARLY,
            UPDATES,
            new Provocation.Kills(Milestone.COMMITTED),
            "checkpoint_ahead"),
        control(
            "capture-order",
            Sabotage.CAPTURE_ORDER,
            Mix.only(2, 0, Step.NEST),
            new Provocation.Work(),
            "out_of_order"),
        new Control(
            "read-uncommitted",
            Sabotage.NONE,
            /* committedOnly= */ false,
            UPDATES,
            new Provocation.Kills(Milestone.COMMITTING),
            Set.of("duplicated")));
  }

  private static Control control(
      String name, Sabotage sabotage, Mix mix, Provocation provocation, String check) {
    return new Control(name, sabotage, true, mix, provocation, Set.of(check));
  }
}
