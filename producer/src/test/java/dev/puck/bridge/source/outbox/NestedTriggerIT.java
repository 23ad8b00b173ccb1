package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.RowChange;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the user's own triggers have captured inside out comes in the order in which it happened.
 */
@SuppressWarnings("NullAway") // What the test itself gave is there.
@ExtendWith(PuckExtension.class)
class NestedTriggerIT {
  private final Database database;
  private final TestBridge bridge;

  NestedTriggerIT(TestEnvironment environment) throws SQLException {
    this.database = Database.withSchema(environment);
    this.bridge = new TestBridge(database).withoutStartingState();
  }

  @AfterEach
  void disconnect() throws SQLException {
    bridge.close();
    database.close();
  }

  @Test
  void shouldOrderATriggerThatUpdatesRowsOfTheSameStatement() throws Exception {
    // Given
    makeTable("create table t (id int primary key, v int)");
    database.run("insert into t select i, 0 from generate_series(1, 5) as i");
    trigger("after update", "update t set v = v + 10 where new.id = 1 and id in (2, 4)");

    // When
    database.run("update t set v = v + 1");

    // Then
    List<Change> changes = bridge.start().drain();
    Replica.of(changes).hasAllOf(database, "t");
    assertThat(values(changes, 2)).containsExactly("0", "1", "11");
    assertThat(captured(2)).as("inside out").containsExactly("0", "11", "1");
  }

  @Test
  void shouldOrderAFunctionThatUpdatesRowsOfTheSameStatement() throws Exception {
    // Given: when it comes to row 3, row 1 is updated already
    makeTable("create table t (id int primary key, v int)");
    database.run("insert into t select i, 0 from generate_series(1, 3) as i");
    database.run(
        """
        create function other(id int) returns int language plpgsql volatile as $$
        begin
          if other.id = 3 then
            update t set v = v + 10 where t.id = 1;
          end if;
          return 1;
        end $$
        """);

    // When
    database.run("update t set v = v + other(id)");

    // Then
    List<Change> changes = bridge.start().drain();
    Replica.of(changes).hasAllOf(database, "t");
    assertThat(values(changes, 1)).containsExactly("0", "1", "11");
    assertThat(captured(1)).as("inside out").containsExactly("0", "11", "1");
  }

  @Test
  void shouldOrderATriggerThatInsertsADeletedKeyAgain() throws Exception {
    // Given: all are deleted before the first of them is captured
    makeTable("create table t (id int primary key, v int)");
    database.run("insert into t select i, 0 from generate_series(1, 4) as i");
    trigger(
        "after delete",
        "insert into t select id, 7 from unnest('{3,4}'::int[]) as id"
            + " where old.id = 1 and old.v = 0");
    trigger("after insert", "update t set v = v + 1 where id = new.id and new.v = 7");

    // When
    database.run("delete from t");

    // Then
    List<Change> changes = bridge.start().drain();
    Replica.of(changes).hasAllOf(database, "t");
    assertThat(operations(changes, 4)).isEqualTo("cdcu");
    assertThat(values(changes, 4)).containsExactly("0", "null", "7", "8");
    assertThat(captured(4)).as("inside out").containsExactly("0", "7", "8", "null");
  }

  @Test
  void shouldOrderMovesBetweenPartitions() throws Exception {
    // Given
    makeTable(
        """
        create table t (id int, place text, v int, primary key (id, place))
          partition by list (place);
        create table t_a partition of t for values in ('a');
        create table t_b partition of t for values in ('b')
        """);
    database.run("insert into t select i, 'a', 0 from generate_series(1, 4) as i");
    trigger("after delete", "update t set v = v + 10, place = 'a' where old.id = 1 and v = 0");

    // When: all move to b, and back before the second of them is captured
    database.run("update t set place = 'b'");

    // Then
    List<Change> changes = bridge.start().drain();
    Replica.of(changes).hasAllOf(database, "t");
    assertThat(database.column("select place || v from t")).containsOnly("a10");
  }

  @Test
  void shouldFollowKeysThatAreHandedOn() throws Exception {
    // Given: each row's key goes to the next
    makeTable("create table t (id int primary key, v int)");
    database.run("insert into t select i, i from generate_series(5, 1, -1) as i");
    trigger("after update", "insert into t values (1, 99) on conflict do nothing");

    // When
    database.run("update t set id = id + 1", "update t set v = -v where id < 3");

    // Then
    List<Change> changes = bridge.start().drain();
    Replica.of(changes).hasAllOf(database, "t");
    assertThat(database.column("select id || ':' || v from t order by id"))
        .containsExactly("1:-99", "2:-1", "3:2", "4:3", "5:4", "6:5");
  }

  /** Triggers that do anything, on a partitioned table; read in one look, and in parts. */
  @ParameterizedTest
  @ValueSource(ints = {0, 11_000})
  void shouldOrderWhateverTriggersDo(int more) throws Exception {
    // Given
    long seed = System.nanoTime();
    System.out.println("NestedTriggerIT: seed " + seed);
    Random random = new Random(seed);
    makeTable(
        """
        create table t (id int primary key, place int, v int) partition by range (id);
        create table t_1 partition of t for values from (0) to (6);
        create table t_2 partition of t for values from (6) to (12)
        """);
    database.run("select setseed(" + random.nextDouble() + ")");
    database.run(
        """
        create function anything() returns trigger language plpgsql as $$
        declare
          one int := random() * 11;
          more int[] := array(select (random() * 11)::int from generate_series(1, 4));
        begin
          if pg_trigger_depth() > 1 or random() < 0.5 then
            return null;
          end if;
          case (random() * 4)::int
            when 0 then update t set v = v + 1 where id = any (more);
            when 1 then delete from t where id = any (more);
            when 2 then insert into t values (one, 0, 0) on conflict do nothing;
            when 3 then update t set id = one, v = v + 1
                         where id = more[1] and not exists (select from t where id = one);
            else insert into t values (one, 0, 0) on conflict (id) do update set v = t.v + 1;
          end case;
          return null;
        end $$;
        create trigger anything after insert or update or delete on t
          for each row execute function anything()
        """);
    String[] statements = {
      "insert into t select i, 0, 0 from generate_series(0, 11) as i on conflict do nothing",
      "update t set v = v + 1",
      "update t set v = v + 1 where random() < 0.5",
      "delete from t where random() < 0.5",
      "update t set id = 11 - id where id = 3 and not exists (select from t where id = 8)",
      "savepoint s; update t set v = v + 1; rollback to s",
    };

    // When
    while (database.number("select count(*) from puck.outbox") < 600) {
      database.run("begin");
      for (int count = 1 + random.nextInt(4); count > 0; count--) {
        database.run(statements[random.nextInt(statements.length)]);
      }
      database.run("commit");
    }

    database.run("select puck.publish('more', '') from generate_series(1, " + more + ")");

    // Then
    List<Change> changes = bridge.start().drain();
    Replica.of(changes).hasAllOf(database, "t");
    assertThat(changes).hasSizeGreaterThan(500 + more);
    try (TestBridge careless = new TestBridge(database).withoutStartingState()) {
      List<Change> unordered =
          careless.following(new CaptureOrder()).fromBeginningOf(bridge).start().drain();
      if (more == 0) {
        assertThatThrownBy(() -> Replica.of(unordered)).isInstanceOf(AssertionError.class);
      }
    }
  }

  /** What must not be done. */
  private static final class CaptureOrder extends SnapshotRules {
    @Override
    public List<OutboxRow> order(List<OutboxRow> rows) {
      return rows;
    }
  }

  private void makeTable(String sql) throws SQLException {
    database.run(sql, "select puck.watch('t')");
  }

  private void trigger(String when, String statement) throws SQLException {
    String name = "f" + Integer.toHexString(statement.hashCode());
    database.run(
        """
        create function %1$s() returns trigger language plpgsql as $$
        begin %2$s; return null; end $$;
        create trigger %1$s %3$s on t for each row execute function %1$s()
        """
            .formatted(name, statement, when));
  }

  /** What {@code v} became, in the order of the changes. */
  private static List<String> values(List<Change> changes, int id) {
    return changes.stream()
        .map(RowChange.class::cast)
        .filter(change -> ("{\"id\":" + id + "}").equals(change.key()))
        .map(change -> value(String.valueOf(change.after())))
        .toList();
  }

  private static String value(String image) {
    return image == null ? "null" : image.replaceAll(".*\"v\":|}", "");
  }

  private static String operations(List<Change> changes, int id) {
    return changes.stream()
        .map(RowChange.class::cast)
        .filter(change -> ("{\"id\":" + id + "}").equals(change.key()))
        .map(change -> change.operation().code())
        .reduce("", String::concat);
  }

  /** The same in the order of capture. */
  private List<String> captured(int id) throws SQLException {
    return database.column(
        """
        select substring(new_row from '[^,]*,([^,)]*)') from puck.outbox
         where name = 't' and key = '(%d)' order by id
        """
            .formatted(id));
  }
}
