package dev.puck.bridge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No row is truncated that the committed position does not cover. */
@ExtendWith(PuckExtension.class)
class RotateIT {
  private static final int WRITERS = 4;
  private static final int ROTATIONS = 30;

  private final TestEnvironment environment;
  private final Connection bridge;
  private final Connection writer;

  RotateIT(TestEnvironment environment) throws SQLException {
    this.environment = environment;
    this.bridge = environment.connect();
    this.writer = environment.connect();
  }

  @BeforeEach
  void install() throws SQLException {
    new SchemaInstaller(bridge).install();
  }

  @AfterEach
  void disconnect() throws SQLException {
    bridge.close();
    writer.close();
  }

  @Test
  void shouldGoRoundTheThreeTables() throws SQLException {
    // Given
    List<String> used = new ArrayList<>();

    // When
    for (int i = 0; i < 4; i++) {
      publish("x" + i);
      used.add(Sql.text(bridge, "select tableoid::regclass from puck.outbox_%d".formatted(i % 3)));
      assertThat(rotate(nextXid(), "{}")).isTrue();
    }

    // Then: the last two stay until their turn
    assertThat(used)
        .containsExactly("puck.outbox_0", "puck.outbox_1", "puck.outbox_2", "puck.outbox_0");
    assertThat(Sql.column(bridge, "select payload from puck.outbox order by id"))
        .containsExactly("x2", "x3");
    assertThat(Sql.text(bridge, "select last_value from puck.state")).isEqualTo("1");
  }

  @Test
  void shouldNotRotateWhatHasNothingInIt() throws SQLException {
    assertThat(rotate(nextXid(), "{}")).isFalse();
  }

  @Test
  void shouldKeepRowsBeyondThePosition() throws SQLException {
    // Given: a row in the oldest table, the next to be emptied
    fill();
    String xid = Sql.text(bridge, "select xid from puck.outbox_1");

    // When, Then
    assertThat(rotate(xid, "{}")).isFalse();
    assertThat(rotate(nextXid(), "{" + xid + "}")).isFalse();
    assertThat(Sql.text(bridge, "select count(*) from puck.outbox_1")).isEqualTo("1");
    assertThat(rotate(nextXid(), "{}")).isTrue();
    assertThat(Sql.text(bridge, "select count(*) from puck.outbox_1")).isEqualTo("0");
  }

  @Test
  void shouldGiveUpAtOnceOnATableInUse() throws SQLException {
    // Given: a writer that has been slow to end
    Sql.run(writer, "begin; insert into puck.outbox_1 (details.name) values ('slow')");
    publish("x");

    // When, Then
    assertThat(rotate("999999999", "{}")).isFalse();
    Sql.run(writer, "commit");
    assertThat(Sql.column(bridge, "select (details).name from puck.outbox_1"))
        .containsExactly("slow");
  }

  @Test
  void shouldNotHoldTheLockWhenItGivesUp() throws SQLException {
    // Given
    fill();
    Sql.run(bridge, "begin");

    // When
    assertThat(rotate("3", "{}")).isFalse();

    // Then
    Sql.run(
        writer, "set lock_timeout = '1s'; insert into puck.outbox_1 (details.name) values ('x')");
    Sql.run(bridge, "commit");
  }

  /** The writer had added its row when the rotation began, and commits while that waits. */
  @Test
  void shouldSeeWhatIsCommittedWhileItWaitsForTheLock() throws Exception {
    // Given
    publish("x");
    Sql.run(bridge, "alter function puck.rotate(xid8, xid8[]) set lock_timeout = '10s'");
    String position = nextXid();
    Sql.run(writer, "begin; insert into puck.outbox_1 (details.name) values ('late')");
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> rotation = executor.submit(() -> rotate(position, "{}"));
      try (Connection observer = environment.connect()) {
        await()
            .untilAsserted(
                () ->
                    assertThat(
                            Sql.text(observer, "select count(*) from pg_locks where not granted"))
                        .isEqualTo("1"));
      }

      // When
      Sql.run(writer, "commit");

      // Then
      assertThat(rotation.get()).isFalse();
    } finally {
      executor.shutdownNow();
    }
    assertThat(Sql.column(bridge, "select (details).name from puck.outbox_1"))
        .containsExactly("late");
  }

  @Test
  void shouldRefuseASnapshotOlderThanItsLock() throws SQLException {
    // Given
    Sql.run(bridge, "begin isolation level repeatable read");

    // When, Then
    assertThatThrownBy(() -> rotate("3", "{}"))
        .hasMessageContaining("the transaction is repeatable read");
    Sql.run(bridge, "rollback");
  }

  @Test
  void shouldLoseNoRowUnderConcurrentWriters() throws Exception {
    // Given
    AtomicBoolean stopped = new AtomicBoolean();
    ExecutorService executor = Executors.newFixedThreadPool(WRITERS);
    List<Future<Set<Long>>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(executor.submit(() -> write(stopped)));
    }

    // When: reading by capped snapshots, and rotating with every position
    Reader reader = new Reader(bridge);
    int rotations = 0;
    try {
      while (rotations < ROTATIONS) {
        reader.poll();
        rotations += rotate(reader.xmax(), reader.xip()) ? 1 : 0;
      }
    } finally {
      stopped.set(true);
      executor.shutdown();
    }

    // Then
    Set<Long> written = new TreeSet<>();
    for (Future<Set<Long>> future : writers) {
      written.addAll(future.get());
    }
    reader.poll();
    assertThat(reader.ids()).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(reader.ids())).isEqualTo(written);
    assertThat(
            Sql.text(
                bridge,
                """
                select sum(n_tup_upd + n_tup_del) from pg_stat_user_tables
                 where schemaname = 'puck' and relname ~ '^outbox_'
                """))
        .isEqualTo("0");
  }

  /** Publishes in transactions of one to three messages until stopped; some are rolled back. */
  private Set<Long> write(AtomicBoolean stopped) throws SQLException {
    Set<Long> committed = new TreeSet<>();
    try (Connection connection = environment.connect()) {
      connection.setAutoCommit(false);
      for (int i = 0; !stopped.get(); i++) {
        Set<Long> ids = new TreeSet<>();
        for (int j = 0; j <= i % 3; j++) {
          ids.add(Long.valueOf(Sql.text(connection, "select puck.publish('c', 'x')")));
        }
        if (i % 5 == 0) {
          connection.rollback();
        } else {
          connection.commit();
          committed.addAll(ids);
        }
      }
    }
    return committed;
  }

  /** One row in each table, and outbox_1 the next to be emptied. */
  private void fill() throws SQLException {
    for (int i = 0; i < 3; i++) {
      Sql.run(bridge, "select setval('puck.state', " + i + ")");
      publish("x");
    }
    Sql.run(bridge, "select setval('puck.state', 0)");
  }

  private void publish(String payload) throws SQLException {
    Sql.run(writer, "select puck.publish('c', '" + payload + "')");
  }

  private String nextXid() throws SQLException {
    return Sql.text(bridge, "select pg_snapshot_xmax(pg_current_snapshot())");
  }

  private boolean rotate(String xmax, String xip) throws SQLException {
    return Sql.text(bridge, "select puck.rotate('%s', '%s')".formatted(xmax, xip)).equals("t");
  }
}
