package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.Message;
import dev.puck.bridge.source.RowChange;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.retry.TransientException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What many write at the same time is read once, in order, and not before it is committed. */
@SuppressWarnings("NullAway") // What the test itself gave is there.
@ExtendWith(PuckExtension.class)
class ConcurrentWritersIT {
  private final Database database;
  private final TestBridge bridge;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  ConcurrentWritersIT(TestEnvironment environment) throws SQLException {
    this.database = Database.withSchema(environment);
    this.bridge = new TestBridge(database);
    System.out.println("ConcurrentWritersIT: seed " + seed);
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
  void shouldReadOnceAndInOrderWhateverDies() throws Exception {
    // Given
    bridge.start();

    // When
    int crashes = 0;
    try (Writers writers = Writers.start(database, 8, 50, seed)) {
      while (!writers.areDone()) {
        if (random.nextInt(8) > 0) {
          bridge.poll();
        } else {
          crashes++;
          die();
        }
      }
    }
    bridge.drain();

    // Then
    System.out.println("crashes " + crashes + ", changes " + bridge.kept().size());
    assertThat(crashes).isPositive();
    requireAll();
  }

  /** Its session alone; or all of it, after what was polled was kept, or before. */
  private void die() throws SQLException {
    int how = random.nextInt(3);
    if (how == 0) {
      bridge.loseConnection();
      return;
    }
    look();
    if (how == 1) {
      bridge.keep();
    }
    bridge.crash();
    bridge.start();
  }

  /** It may die before it has found another session in place of one that it lost. */
  private void look() {
    try {
      bridge.look();
    } catch (TransientException e) {
      System.out.println("dies without a session: " + e.getMessage());
    }
  }

  @Test
  void shouldDelayNobodyForALongTransaction() throws Exception {
    // Given: one row of it, before all others
    try (Database slow = database.another();
        Writers writers = Writers.start(database, 4, Integer.MAX_VALUE, seed)) {
      slow.run("begin", "insert into entry (writer) values (99)");
      bridge.start();

      // When
      bridge.pollUntil(() -> bridge.messages("item").size() > 300);
      String late = database.text("select payload from sent order by ctid desc limit 1");
      bridge.pollUntil(() -> bridge.messages("item").contains(late));

      // Then
      assertThat(byWriter99()).isZero();
      assertThat(bridge.position().covered().inProgress()).isNotEmpty();

      // When
      slow.run("commit");
      bridge.drain();

      // Then
      assertThat(byWriter99()).isEqualTo(1);
      writers.stop();
    }
    bridge.drain();
    requireAll();
  }

  /** Time is measured from the look before, when they were not there. */
  @Test
  void shouldTellWhenChangesWereNotCommittedYet() throws Exception {
    // Given
    bridge.start();
    bridge.drain();
    for (int i = 0; i < 10; i++) {
      // When
      database.run("begin", "insert into entry (writer) values (1)");
      bridge.look();
      Instant before = Instant.parse(database.text("select to_json(clock_timestamp()) #>> '{}'"));
      database.run("commit");
      Batch batch = bridge.look();
      while (batch.isEmpty()) {
        batch = bridge.look();
      }

      // Then
      assertThat(batch.committedAfter()).isNotNull().isBeforeOrEqualTo(before);
      assertThat(batch.through()).isAfter(before);
      bridge.keep();
    }
  }

  private long byWriter99() {
    return bridge.kept().stream()
        .filter(
            change ->
                change instanceof RowChange row
                    && String.valueOf(row.after()).contains("\"writer\":99"))
        .count();
  }

  private void requireAll() throws SQLException {
    List<Change> changes = bridge.kept();
    Replica.of(changes).hasAllOf(database, "item").hasAllOf(database, "entry");
    assertThat(bridge.messages("item"))
        .containsExactlyInAnyOrderElementsOf(database.column("select payload from sent"));
    Map<String, Integer> last = new HashMap<>();
    for (Change change : changes) {
      if (change instanceof Message message) {
        int number = Integer.parseInt(message.payload().toString().split(" ", -1)[1]);
        assertThat(number)
            .as("of key %s", message.key())
            .isEqualTo(last.getOrDefault(message.key(), 0) + 1);
        last.put(message.key(), number);
      }
    }
  }
}
