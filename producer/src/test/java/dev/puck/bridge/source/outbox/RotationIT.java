package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.milestone.Milestone;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.event.Snapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The outbox's tables are emptied under load, and never of what is not in Kafka for good. */
@ExtendWith(PuckExtension.class)
class RotationIT {
  private static final String FILES =
      "select relname || ' ' || pg_relation_filenode(oid) from pg_class"
          + " where relname in ('outbox_0', 'outbox_1', 'outbox_2') order by 1";

  private final Database database;
  private final TestBridge bridge;
  private final long seed = System.nanoTime();

  RotationIT(TestEnvironment environment) throws SQLException {
    this.database = Database.withSchema(environment);
    this.bridge = new TestBridge(database).rotatingEvery(Duration.ofMillis(50));
    System.out.println("RotationIT: seed " + seed);
  }

  @BeforeEach
  void prepare() throws SQLException {
    Writers.prepare(database);
  }

  @AfterEach
  void disconnect() throws SQLException {
    bridge.close();
    database.close();
  }

  @Test
  void shouldEmptyEachTableUnderLoadAndLoseNothing() throws Exception {
    // Given
    List<String> files = database.column(FILES);
    bridge.start();

    // When
    try (Writers writers = Writers.start(database, 4, Integer.MAX_VALUE, seed)) {
      bridge.pollUntil(() -> bridge.heard().rotations.get() >= 7);
      writers.stop();
    }
    bridge.drain();

    // Then
    assertThat(database.column(FILES)).doesNotContainAnyElementsOf(files);
    Replica.of(bridge.kept()).hasAllOf(database, "item").hasAllOf(database, "entry");
    assertThat(bridge.messages("item"))
        .containsExactlyInAnyOrderElementsOf(database.column("select payload from sent"));
    database.run("select pg_stat_force_next_flush()");
    assertThat(
            database.column(
                "select n_tup_upd + n_tup_del from pg_stat_user_tables"
                    + " where schemaname = 'puck' and relname like 'outbox%'"))
        .containsOnly("0");
  }

  @Test
  void shouldKeepWhatIsNotCommittedYet() throws Exception {
    // Given
    bridge.start().drain();

    // When: it reads on and on, but Kafka takes nothing
    try (Writers writers = Writers.start(database, 4, Integer.MAX_VALUE, seed)) {
      int rotations = bridge.heard().rotations.get();
      int polls = bridge.heard().polls.get();
      while (bridge.heard().rotations.get() < rotations + 2
          || bridge.heard().polls.get() < polls + 200) {
        bridge.look();
      }
      writers.stop();
    }
    assertThat(bridge.messages("item")).isEmpty();
    bridge.crash();
    bridge.start();
    bridge.drain();

    // Then
    Replica.of(bridge.kept()).hasAllOf(database, "item").hasAllOf(database, "entry");
    assertThat(bridge.messages("item"))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(database.column("select payload from sent"));
  }

  /** A failure between reading and giving must not take what was read along. */
  @Test
  void shouldLoseNothingWhenItCannotRotate() throws Exception {
    // Given
    bridge.start().drain();
    database.run(
        """
        create or replace function puck.rotate(covered_xmax xid8, covered_xip xid8[])
        returns boolean language plpgsql as $$
        begin raise exception 'the disk is full'; end $$
        """);

    // When
    int published = 0;
    while (bridge.failures().size() < 5) {
      database.run("select puck.publish('c', '" + published++ + "')");
      bridge.poll();
    }
    bridge.drain();

    // Then
    assertThat(bridge.messages("c"))
        .containsExactlyElementsOf(
            IntStream.range(0, published).mapToObj(Integer::toString).toList());
  }

  /** A process that is stopped there, and never goes on, must not stop all who write. */
  @Test
  void shouldHoldNobodyBackWhereItMayBeStopped() throws Exception {
    // Given
    database.run("set lock_timeout = '2s'");
    List<Milestone> stopped = new ArrayList<>();
    bridge.telling(
        milestone -> {
          if (milestone == Milestone.ROTATING) {
            update();
            stopped.add(milestone);
          }
        });

    // When
    bridge.start();
    bridge.pollUntil(() -> bridge.heard().rotations.get() >= 4);

    // Then
    assertThat(stopped).hasSizeGreaterThanOrEqualTo(4);
    assertThat(bridge.failures()).isEmpty();
  }

  private void update() {
    try {
      database.run("update item set v = v + 1 where id = 1");
    } catch (SQLException e) {
      throw new AssertionError("A writer was held back", e);
    }
  }

  @Test
  void shouldKeepALargeBatchThatIsReadInParts() throws Exception {
    // Given
    bridge.start();
    database.run("select puck.publish('c', i::text) from generate_series(1, 15000) as i");
    bridge.pollUntil(() -> bridge.position().unfinished() != null);

    // When: its reader dies, and the tables take turns
    Snapshot covered = bridge.position().covered();
    bridge.crash();
    for (int i = 0; i < 3; i++) {
      database.run(
          "select puck.publish('c', 'later " + i + "')",
          "select puck.rotate('%d', '%s')"
              .formatted(covered.xmax(), OutboxQuery.array(covered.inProgress())));
    }
    bridge.start();

    // Then
    bridge.drain();
    assertThat(bridge.messages("c")).hasSize(15_003).doesNotHaveDuplicates();
  }
}
