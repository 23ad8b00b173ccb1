package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.bridge.changeover.SwitchStep;
import dev.puck.bridge.config.OnGap;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bridge is moved between its sources while applications write. */
@ExtendWith(PuckExtension.class)
class SwitchIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final TestEnvironment environment;
  private final WalDatabase database;
  private final BridgeSetup setup;
  private final Deque<Bridge> bridges = new ArrayDeque<>();
  private final SwitchLog log;

  SwitchIT(TestEnvironment environment) throws SQLException {
    this.environment = environment;
    this.database = new WalDatabase(environment);
    this.setup =
        database
            .setup(OnGap.STOP, true)
            .outbox()
            .table("public.item", "item")
            .route("version", "version", null);
    this.log = new SwitchLog(setup);
  }

  @BeforeEach
  void install() throws SQLException {
    try (Connection connection = environment.connect()) {
      new SchemaInstaller(connection).install();
    }
    database.run(VersionWriters.TABLE, "select puck.watch('item')");
  }

  @AfterEach
  void close() throws SQLException {
    bridges.forEach(Bridge::close);
    database.close();
  }

  @Test
  void shouldLoseAndRepeatNothingUnderLoad() throws Exception {
    // Given
    long seed = new Random().nextLong();
    System.out.println("SwitchIT seed " + seed);
    startBridge(SourceType.OUTBOX);
    awaitStartingState();
    try (VersionWriters writers = new VersionWriters(environment, seed)) {
      // When: there and back, twice
      for (SourceType to :
          List.of(SourceType.WAL, SourceType.OUTBOX, SourceType.WAL, SourceType.OUTBOX)) {
        awaitMore();
        log.switchTo(to);
        startBridge(to);
      }
      awaitMore();
      writers.finish();

      // Then
      requireAll(writers.versions());
    }
    assertThat(
            database.ask(
                "select count(*) from pg_replication_slots where slot_name = '"
                    + database.slot()
                    + "'"))
        .isEqualTo("0");
  }

  @Test
  void shouldGoOnAfterItWasKilledAnywhere() throws Exception {
    // Given
    long seed = new Random().nextLong();
    System.out.println("SwitchIT seed " + seed);
    startBridge(SourceType.OUTBOX);
    awaitStartingState();
    try (VersionWriters writers = new VersionWriters(environment, seed)) {
      for (SourceType to : List.of(SourceType.WAL, SourceType.OUTBOX)) {
        // When
        for (SwitchStep killedAt : SwitchStep.values()) {
          assertThatThrownBy(() -> log.switchTo(to, step -> killAt(killedAt, step)))
              .as("killed at %s", killedAt)
              .isInstanceOf(KilledException.class);
          if (killedAt.compareTo(SwitchStep.MOVED) < 0) {
            awaitMore();
          } else if (killedAt == SwitchStep.MOVED) {
            break;
          }
        }
        log.switchTo(to);
        startBridge(to);
        awaitMore();
      }
      writers.finish();

      // Then
      requireAll(writers.versions());
    }
  }

  private void startBridge(SourceType source) throws InterruptedException {
    if (source == SourceType.WAL) {
      setup.wal(setup.config().wal());
    } else {
      setup.outbox();
    }
    // Those of the source before are left running: they must not do anything any more.
    bridges.push(setup.start());
  }

  /** Nothing was there before; the bridge has noted that. */
  private void awaitStartingState() {
    CheckpointOperator operator = new CheckpointOperator(setup.config(), setup.kafka());
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                operator
                    .show()
                    .checkpoint()
                    .filter(each -> each.position().text().contains("\"done\":true"))
                    .isPresent());
  }

  /** Whichever of them reads the source that the checkpoint names relays. */
  private void awaitMore() {
    long before = published();
    await().atMost(PATIENCE).until(() -> published() > before + 200);
  }

  private long published() {
    return bridges.stream().mapToLong(bridge -> bridge.status().published()).sum();
  }

  /** With all its sessions. */
  private void killAt(SwitchStep killedAt, SwitchStep step) {
    if (step == killedAt) {
      try {
        database.run(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                + " where application_name like 'puck switch %' and datname = current_database()");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      throw new KilledException();
    }
  }

  private void requireAll(Map<Integer, Long> versions) {
    long events = 2 * versions.values().stream().mapToLong(Long::longValue).sum();
    try (TopicReader reader = setup.read("item", "version")) {
      reader.awaitUntil(PATIENCE, read -> read.size() >= events);
      List<Event> all = reader.all();
      VersionWriters.requireAll(versions, all);
    }
  }

  private static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
