package dev.puck.bridge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is captured of partitioned tables, by the root's name. */
@ExtendWith(PuckExtension.class)
class PartitionIT {
  private final Connection connection;

  PartitionIT(TestEnvironment environment) throws SQLException {
    this.connection = environment.connect();
  }

  @BeforeEach
  void install() throws SQLException {
    new SchemaInstaller(connection).install();
    run(
        """
        create table reading (id int, place text, primary key (id)) partition by range (id);
        create table reading_1 partition of reading for values from (0) to (10);
        create table reading_2 (place text, gone int, id int not null);
        alter table reading_2 drop column gone;
        alter table reading attach partition reading_2 for values from (10) to (20)
        """);
    run("select puck.watch('reading')");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void shouldCaptureWhatIsWrittenToTheRootAndToALeaf() throws SQLException {
    // When
    run("insert into reading values (1, 'root')");
    run("insert into reading_1 values (2, 'leaf')");
    run("insert into reading_2 (id, place) values (12, 'leaf')");

    // Then
    assertThat(changes())
        .containsExactly("c reading {\"id\":1}", "c reading {\"id\":2}", "c reading {\"id\":12}");
  }

  @Test
  void shouldCaptureAMoveBetweenPartitionsAsDeleteAndInsert() throws SQLException {
    // Given
    run("insert into reading values (1, 'x')");
    Outbox.clear(connection);

    // When
    run("update reading set id = 11");

    // Then
    assertThat(changes()).containsExactly("d reading {\"id\":1}", "c reading {\"id\":11}");
  }

  @Test
  void shouldTellATruncateOfTheRootFromThatOfALeaf() throws SQLException {
    // When
    run("truncate reading_1");
    run("truncate reading");

    // Then
    assertThat(
            Sql.column(
                connection,
                "select op::text || ' ' || name || ' ' || coalesce(payload, 'all') from puck.outbox"
                    + " order by xid, payload nulls first"))
        .containsExactly(
            "t reading public.reading_1",
            "t reading all",
            "t reading public.reading_1",
            "t reading public.reading_2");
  }

  @Test
  void shouldFindAndRepairWhatAnAttachedPartitionLacks() throws SQLException {
    // Given
    run("create table reading_3 partition of reading for values from (20) to (30)");
    run("insert into reading_3 values (21, 'x')");
    assertThat(changes()).containsExactly("c reading {\"id\":21}");
    assertThat(findings()).containsExactly("truncate of public.reading_3 is not captured");

    // When
    run("select puck.watch('reading')");

    // Then
    assertThat(findings()).isEmpty();
    run("truncate reading_3");
    assertThat(changes()).contains("t reading -");
  }

  @Test
  void shouldForgetADetachedPartition() throws SQLException {
    // When
    run("alter table reading detach partition reading_1");
    run("insert into reading_1 values (1, 'x'); truncate reading_1");

    // Then
    assertThat(changes()).isEmpty();
    run("select puck.watch('reading_1')");
    run("truncate reading_1");
    assertThat(changes()).containsExactly("t reading_1 -");
  }

  @Test
  void shouldRefuseAPartitionAlone() {
    assertThatThrownBy(() -> run("select puck.watch('reading_1')"))
        .hasMessageContaining("it is a partition. Watch the whole table: public.reading.");
  }

  @Test
  void shouldEnableOnEveryLeafForReplication() throws SQLException {
    // Given
    run("select puck.watch('reading', replica => true)");

    // When
    run("set session_replication_role = replica; insert into reading_1 values (1, 'x')");
    run("truncate reading_1");
    run("reset session_replication_role");

    // Then
    assertThat(changes()).containsExactly("c reading {\"id\":1}", "t reading -");

    // When
    run("select puck.watch('reading')");
    run("set session_replication_role = replica; insert into reading_1 values (1, 'x')");
    run("reset session_replication_role");

    // Then
    assertThat(changes()).hasSize(2);
    assertThat(findings()).isEmpty();
  }

  @Test
  void shouldFindAndRepairADisabledCapture() throws SQLException {
    // Given
    run("alter table reading_1 disable trigger \" puck_capture\"");
    assertThat(findings()).containsExactly("changes to rows of public.reading_1 are not captured");

    // When
    run("select puck.watch('reading')");

    // Then
    assertThat(findings()).isEmpty();
  }

  @Test
  void shouldRemoveAllTriggersWhenUnwatched() throws SQLException {
    // When
    String was = Sql.text(connection, "select puck.unwatch('reading')");

    // Then
    assertThat(was).isEqualTo("t");
    assertThat(Sql.column(connection, "select tgname from pg_trigger where tgname ~ 'puck'"))
        .isEmpty();
    assertThat(Sql.column(connection, "select proname from pg_proc where proname ~ 'capture_'"))
        .isEmpty();
    assertThat(Sql.text(connection, "select puck.unwatch('reading')")).isEqualTo("f");
  }

  @Test
  void shouldUnwatchADroppedTable() throws SQLException {
    // Given
    String oid = Sql.text(connection, "select 'reading'::regclass::oid");
    run("drop table reading");
    assertThat(Sql.column(connection, "select problem || ': ' || fix from puck.findings()"))
        .containsExactly("the table was dropped: select puck.unwatch(" + oid + ")");

    // When
    run("select puck.unwatch(" + oid + ")");

    // Then
    assertThat(findings()).isEmpty();
  }

  private void run(String sql) throws SQLException {
    Sql.run(connection, sql);
  }

  private List<String> changes() throws SQLException {
    return Outbox.changes(connection);
  }

  private List<String> findings() throws SQLException {
    return Sql.column(connection, "select problem from puck.findings()");
  }
}
