package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.event.Snapshot;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Of a batch too large for memory, only what may be out of order is loaded. */
@ExtendWith(PuckExtension.class)
class BacklogOrderIT {
  private final Database database;

  BacklogOrderIT(TestEnvironment environment) throws SQLException {
    this.database = Database.withSchema(environment);
  }

  @BeforeEach
  void makeTable() throws SQLException {
    database.run(
        "create table t (id int primary key, v int)",
        "insert into t values (1, 0), (2, 0)",
        "select puck.watch('t')");
  }

  @AfterEach
  void disconnect() throws SQLException {
    database.close();
  }

  @Test
  void shouldNotDoubtKeysThatComeChangeAndGo() throws SQLException {
    // When
    database.run(
        "begin",
        "insert into t values (3, 0), (4, 0)",
        "update t set v = v + 1",
        "update t set v = v + 1",
        "delete from t where id in (2, 3)",
        "insert into t values (2, 7), (3, 7)",
        "update t set v = v + 1",
        "update t set id = 5 where id = 3",
        "update t set v = v + 1",
        "delete from t where id = 5",
        "insert into t values (3, 8)",
        "commit");

    // Then
    assertThat(doubtful()).isEmpty();
  }

  @Test
  void shouldDoubtAKeyThatComesBackInTheMidstOfItsDeletion() throws SQLException {
    // Given
    trigger("after delete", "insert into t select 2, 7 where old.id = 1");

    // When: captured are the new row 2, and the deletion of the old one after it
    database.run("begin", "update t set v = v + 1", "delete from t where v = 1", "commit");

    // Then
    assertThat(doubtful()).hasSize(1);
    assertThat(moved()).isEqualTo(1);
  }

  @Test
  void shouldDoubtAChangeThatIsCapturedBeforeTheOneItContinues() throws SQLException {
    // Given
    trigger("after update", "update t set v = v + 10 where new.id = 1 and id = 2 and v < 10");

    // When
    database.run("update t set v = v + 1");

    // Then
    assertThat(doubtful()).hasSize(1);
    assertThat(moved()).isEqualTo(1);
  }

  private void trigger(String when, String statement) throws SQLException {
    database.run(
        """
        create function nested() returns trigger language plpgsql as $$
        begin %s; return null; end $$;
        create trigger nested %s on t for each row execute function nested()
        """
            .formatted(statement, when));
  }

  private List<BacklogOrder.Doubt> doubtful() throws SQLException {
    return order().doubtful(Snapshot.NOTHING, now());
  }

  private int moved() throws SQLException {
    return order().moved(Snapshot.NOTHING, now()).size();
  }

  private BacklogOrder order() {
    return new BacklogOrder(database.connection(), new SnapshotRules());
  }

  private Snapshot now() throws SQLException {
    return Snapshot.parse(database.text("select pg_current_snapshot()::text"));
  }
}
