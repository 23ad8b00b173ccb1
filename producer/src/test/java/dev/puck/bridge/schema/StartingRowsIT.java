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

/** What a table had already is read in steps, as the capture would have written it. */
@ExtendWith(PuckExtension.class)
class StartingRowsIT {
  private final Connection connection;
  private final StartingRows starting;

  StartingRowsIT(TestEnvironment environment) throws SQLException {
    this.connection = environment.connect();
    this.starting = new StartingRows(connection);
  }

  @BeforeEach
  void install() throws SQLException {
    new SchemaInstaller(connection).install();
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void shouldReadInStepsByThePrimaryKey() throws SQLException {
    // Given
    run("create table stock (amount int, place text, id int, primary key (place, id))");
    run("select puck.watch('stock')");
    run("insert into stock select i, 'p' || i % 2, 10 - i from generate_series(1, 5) as i");

    // When, Then
    assertThat(starting.step("stock", null, 2))
        .containsExactly("{\"place\":\"p0\",\"id\":6}", "{\"place\":\"p0\",\"id\":8}");
    assertThat(starting.step("stock", "{\"place\": \"p0\", \"id\": \"8\"}", 2))
        .containsExactly("{\"place\":\"p1\",\"id\":5}", "{\"place\":\"p1\",\"id\":7}");
    assertThat(starting.step("stock", "{\"place\": \"p1\", \"id\": \"7\"}", 2))
        .containsExactly("{\"place\":\"p1\",\"id\":9}");
    assertThat(starting.step("stock", "{\"place\": \"p1\", \"id\": \"9\"}", null)).isEmpty();
  }

  @Test
  void shouldApplyExclusionsMasksAndTheRowFilter() throws SQLException {
    // Given
    run(
        """
        create table person (
          email text primary key, name text, pay int, secret text,
          loud text generated always as (upper(name)) stored)
        """);
    run(
        """
        select puck.watch('person', exclude => '{secret,loud}',
          mask => '{"email": {"hash": "sha256"}, "name": "***"}', filter => 'new.pay > 10 -- ''')
        """);
    run(
        """
        insert into person values
          ('a@x', 'a', 11, 's'), ('b@x', 'b', 5, 's'), ('c@x', 'c', 12, 's'), ('d@x', 'd', null, 's')
        """);

    // When
    List<String> rows = starting.all("person", 1);

    // Then: of the masked key, only the position tells what it is
    assertThat(rows).hasSize(2).isEqualTo(starting.captured());
    assertThat(rows.toString()).doesNotContain("@").doesNotContain("secret");
    assertThat(
            Sql.column(
                connection,
                "select position from puck.starting_rows(%d, null, 9)"
                    .formatted(starting.id("person"))))
        .containsExactly("{\"email\" : \"a@x\"}", "{\"email\" : \"c@x\"}");
  }

  @Test
  void shouldReadTablesWithoutPrimaryKeyInOneStep() throws SQLException {
    // Given
    run("create table log (line text)");
    run("select puck.watch('log')");
    run("insert into log values ('a'), ('b'), ('a')");

    // When, Then
    assertThat(starting.all("log", 1)).isEqualTo(starting.captured());
    assertThat(starting.all("log", null)).isEqualTo(starting.captured());
    assertThat(
            Sql.column(
                connection,
                "select concat_ws('|', position) from puck.starting_rows(%d, null, 1)"
                    .formatted(starting.id("log"))))
        .containsExactly("", "", "");
  }

  @Test
  void shouldReadPartitionsInOneOrder() throws SQLException {
    // Given
    run(
        """
        create table reading (id int primary key, place text) partition by hash (id);
        create table reading_0 partition of reading for values with (modulus 2, remainder 0);
        create table reading_1 (gone int, id int not null, place text);
        alter table reading_1 drop column gone;
        alter table reading attach partition reading_1 for values with (modulus 2, remainder 1)
        """);
    run("select puck.watch('reading')");
    run("insert into reading select i, 'x' from generate_series(1, 20) as i");

    // When, Then
    assertThat(starting.all("reading", 3)).isEqualTo(starting.captured());
    run("analyze reading");
    assertThat(starting.estimate("reading")).isEqualTo("20");
  }

  @Test
  void shouldTouchNoMoreRowsThanItReturns() throws SQLException {
    // Given: 100 rows for each value of the key's first column, and no statistics
    run("create table big (a int, b int, padding text, primary key (a, b))");
    run("insert into big select i / 100, i, repeat('x', 100) from generate_series(0, 9999) as i");
    run("select puck.watch('big')");
    run("begin isolation level repeatable read");

    long before = rowsRead();

    // When
    assertThat(starting.step("big", "{\"a\": \"50\", \"b\": \"5090\"}", 20)).hasSize(20);

    // Then: and the first of them once more, to see what columns it has
    assertThat(rowsRead() - before).isEqualTo(21);
    run("commit");
  }

  @Test
  void shouldEstimateNothingWhereNobodyHasCounted() throws SQLException {
    // Given
    run("create table stock (id int primary key)");
    run("select puck.watch('stock')");
    run("insert into stock values (1), (2)");

    // When, Then
    assertThat(starting.estimate("stock")).isEqualTo("0");
    run("analyze stock");
    assertThat(starting.estimate("stock")).isEqualTo("2");
  }

  @Test
  void shouldRefuseWhatCannotBeMeant() throws SQLException {
    // Given
    run("create table stock (id int primary key)");
    run("select puck.watch('stock')");

    // When, Then
    assertThatThrownBy(() -> run("select puck.starting_rows(99, null, 1)"))
        .hasMessageContaining("table_id is 99, which is no watched table");
    assertThatThrownBy(() -> starting.step("stock", null, 0)).hasMessageContaining("max_rows is 0");
    run("alter table stock rename id to number");
    assertThatThrownBy(() -> starting.step("stock", "{\"id\": \"1\"}", 1))
        .hasMessageContaining("whose primary key is (number)")
        .hasMessageContaining("start again with null");
    run("drop table stock");
    assertThatThrownBy(
            () -> run("select puck.starting_rows((select id from puck.watched), null, 1)"))
        .hasMessageContaining("is no watched table");
  }

  private long rowsRead() throws SQLException {
    return Long.parseLong(
        Sql.text(
            connection,
            "select sum(seq_tup_read + idx_tup_fetch) from pg_stat_xact_user_tables"
                + " where relname = 'big'"));
  }

  private void run(String sql) throws SQLException {
    Sql.run(connection, sql);
  }
}
