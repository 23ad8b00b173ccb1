package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.config.WakeMode;
import dev.puck.bridge.source.Change;
import dev.puck.embedded.EmbeddedConfig;
import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.ServerConfig;
import dev.puck.event.Snapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a PostgreSQL of its own may do: crash, forget, start again, and prepare transactions. */
class ServerCrashIT {
  private static final Duration NEVER = Duration.ofMinutes(10);

  private static EmbeddedServers servers;
  private static EmbeddedPostgres postgres;
  private static int databases;

  private Database database;
  private TestBridge bridge;

  @BeforeAll
  static void startPostgres() {
    ServerConfig config =
        ServerConfig.defaults()
            .withSetting("max_prepared_transactions", "2")
            // Only who commits flushes: the rest is lost in a crash.
            .withSetting("wal_writer_delay", "10s")
            .withSetting("wal_writer_flush_after", "1GB")
            .withSetting("autovacuum", "off");
    servers = EmbeddedServers.inTemporaryDirectory(EmbeddedConfig.defaults().withPostgres(config));
    postgres = servers.postgres();
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    postgres.start();
    String name = "db" + ++databases;
    postgres.createDatabase(name);
    database = Database.withSchema(postgres.url(name));
    bridge = new TestBridge(database);
  }

  @AfterEach
  void disconnect() throws SQLException {
    bridge.close();
    database.close();
  }

  /** A crash gives ids out again that were rolled back and not flushed. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldReadRowsUnderIdsThatAreGivenOutAgain(boolean isCapped) throws Exception {
    // Given: a bridge that takes no id of its own
    bridge.waking(WakeMode.POLL, NEVER).withoutRotation();
    bridge.following(isCapped ? new SnapshotRules() : new UncappedRules()).start();
    database.run("select puck.publish('c', '1')");
    long rolledBack = rollBack();
    rollBack();
    bridge.pollUntil(() -> bridge.messages("c").contains("1"));
    long covered = bridge.position().covered().xmax();

    // When
    postgres.kill();
    postgres.start();
    database = database.another();
    database.run("select puck.publish('c', '2')");
    long again = database.number("select xid from puck.outbox where payload = '2'");
    bridge.poll();
    bridge.poll();
    database.run("select puck.publish('c', '3')", "select puck.publish('c', '4')");
    bridge.pollUntil(() -> bridge.messages("c").contains("4"));

    // Then
    assertThat(again).as("the id is given out again").isEqualTo(rolledBack);
    assertThat(isCapped).isEqualTo(covered <= again);
    if (isCapped) {
      assertThat(bridge.messages("c")).containsExactly("1", "2", "3", "4");
    } else {
      assertThat(bridge.messages("c")).as("what must not be").doesNotContain("2");
    }
  }

  /** What was seen and not flushed is gone, but not what comes in its place. */
  @Test
  void shouldReadWhatComesInPlaceOfWhatPostgresForgot() throws Exception {
    // Given: a bridge that has nothing flushed
    bridge.waking(WakeMode.POLL, NEVER).withoutRotation().start();
    database.run("select puck.publish('c', '1')", "set synchronous_commit = off");
    database.run("select puck.publish('c', 'forgotten')", "select puck.publish('c', 'too')");
    bridge.pollUntil(() -> bridge.messages("c").contains("too"));
    long covered = bridge.position().covered().xmax();

    // When
    postgres.kill();
    postgres.start();
    database = database.another();
    assertThat(database.column("select payload from puck.outbox")).containsExactly("1");
    bridge.poll();
    bridge.poll();
    database.run("select puck.publish('c', '2')");
    long again = database.number("select xid from puck.outbox where payload = '2'");
    bridge.pollUntil(() -> bridge.messages("c").contains("2"));

    // Then
    assertThat(again).as("the id is given out again").isLessThan(covered);
    assertThat(bridge.messages("c")).containsExactly("1", "forgotten", "too", "2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldLoseAndRepeatNothingWhenPostgresStartsAgain(boolean isKilled) throws Exception {
    // Given
    long seed = System.nanoTime();
    System.out.println("ServerCrashIT: seed " + seed);
    Writers.prepare(database);
    bridge.start();
    for (int i = 0; i < 2; i++) {
      // When
      try (Writers writers = Writers.start(database, 3, Integer.MAX_VALUE, seed + i)) {
        assertThat(writers.isRunning()).isTrue();
        int before = bridge.messages("item").size();
        bridge.pollUntil(() -> bridge.messages("item").size() > before + 100);
        if (isKilled) {
          postgres.kill();
        } else {
          postgres.stop();
        }
        assertThat(bridge.poll().isEmpty()).isTrue();
        assertThat(bridge.source().problem().orElse("")).contains("PostgreSQL");
      }
      postgres.start();
      database = database.another();
      bridge.moveTo(database);
      bridge.poll();
      assertThat(bridge.source().problem()).isEmpty();
    }
    bridge.drain();

    // Then
    Replica.of(bridge.kept()).hasAllOf(database, "item").hasAllOf(database, "entry");
    assertThat(bridge.messages("item"))
        .containsExactlyInAnyOrderElementsOf(database.column("select payload from sent"));
  }

  @ParameterizedTest
  @EnumSource(WakeMode.class)
  void shouldWaitForPreparedTransactions(WakeMode mode) throws Exception {
    // Given: where others notify, those who will be prepared may not
    bridge.waking(mode, NEVER).start();
    database.run(
        "set puck.wake = off",
        "begin",
        "select puck.publish('c', '1')",
        "prepare transaction 'p'",
        "reset puck.wake");
    int polls = bridge.heard().polls.get();
    bridge.pollUntil(() -> bridge.heard().polls.get() > polls + 10);
    if (mode == WakeMode.NOTIFY) {
      bridge.pollUntil(() -> database.number("select last_value >> 2 from puck.state") == 0);
    }
    database.run("select puck.publish('c', '2')");
    bridge.pollUntil(() -> bridge.messages("c").contains("2"));
    assertThat(bridge.position().covered().inProgress()).isNotEmpty();

    // When
    database.run("commit prepared 'p'");

    // Then
    bridge.pollUntil(() -> bridge.messages("c").contains("1"));
    List<Change> changes = bridge.drain();
    assertThat(changes).hasSize(2);
  }

  /** Returns the id that nobody will know of. */
  private long rollBack() throws SQLException {
    database.run("begin");
    long xid = database.number("select pg_current_xact_id()");
    database.run("rollback");
    return xid;
  }

  /** What must not be done. */
  private static final class UncappedRules extends SnapshotRules {
    @Override
    public Snapshot after(Snapshot before, Snapshot seen, long largestXid, long largestId) {
      return seen;
    }
  }
}
