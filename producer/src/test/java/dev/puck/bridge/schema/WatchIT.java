package dev.puck.bridge.schema;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can be left out, masked, filtered and refused. */
@ExtendWith(PuckExtension.class)
class WatchIT {
  private final Connection connection;

  WatchIT(TestEnvironment environment) throws SQLException {
    this.connection = environment.connect();
  }

  @BeforeEach
  void install() throws SQLException {
    new SchemaInstaller(connection).install();
    run(
        """
        create table person (
          id int primary key, name text, email text, pay numeric(8, 2),
          loud text generated always as (upper(name)) stored)
        """);
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void shouldLeaveOutGeneratedColumnsUnlessAskedFor() throws SQLException {
    // Given
    run("select puck.watch('person')");

    // When, Then
    run("insert into person values (1, 'x', null, 1.10)");
    assertThat(Outbox.newest(connection))
        .isEqualTo("{\"id\":1,\"name\":\"x\",\"email\":null,\"pay\":\"1.10\"}");

    // When, Then
    run("select puck.watch('person', generated => true)");
    run("insert into person values (2, 'y', null, null)");
    assertThat(Outbox.newest(connection)).endsWith("\"pay\":null,\"loud\":\"Y\"}");
  }

  @Test
  void shouldLeaveOutExcludedColumnsAndTakeLaterOnes() throws SQLException {
    // Given
    run("select puck.watch('person', exclude => '{email,pay,loud}')");

    // When
    run("alter table person add column later int default 3");
    run("insert into person values (1, 'x', 'secret', 1)");

    // Then
    assertThat(Outbox.newest(connection)).isEqualTo("{\"id\":1,\"name\":\"x\",\"later\":3}");
  }

  @Test
  void shouldTakeListedColumnsAlone() throws SQLException {
    // Given
    run("select puck.watch('person', columns => '{id,loud}')");

    // When
    run("alter table person add column later int default 3");
    run("insert into person values (1, 'x', 'secret', 1)");

    // Then
    assertThat(Outbox.newest(connection)).isEqualTo("{\"id\":1,\"loud\":\"X\"}");

    // When: all there are
    run("create table pair (id int primary key, name text)");
    run("select puck.watch('pair', columns => '{name,id}')");
    run("insert into pair values (1, 'a')");
    run("alter table pair add column secret text");
    run("insert into pair values (2, 'b', 'x')");
    run("begin isolation level repeatable read; insert into pair values (3, 'c', 'y'); commit");

    // Then
    assertThat(Outbox.images(connection).subList(1, 4))
        .containsExactly(
            "{\"id\":1,\"name\":\"a\"}", "{\"id\":2,\"name\":\"b\"}", "{\"id\":3,\"name\":\"c\"}");
  }

  @Test
  void shouldMaskByNullConstantAndHash() throws SQLException {
    // Given
    run(
        """
        select puck.watch('person',
          mask => '{"id": {"hash": "sha256"}, "name": "*''*", "pay": null}', exclude => '{loud}')
        """);

    // When
    run("insert into person values (7, 'x', null, 1)");

    // Then
    String hash =
        Sql.text(
            connection,
            """
            select encode(sha256(convert_to(id || '7', 'UTF8')), 'hex') from puck.installation
            """);
    assertThat(Outbox.newest(connection))
        .isEqualTo("{\"id\":\"%s\",\"name\":\"*'*\",\"email\":null,\"pay\":null}".formatted(hash));
    assertThat(Outbox.changes(connection)).containsExactly("c person {\"id\":\"" + hash + "\"}");
  }

  @Test
  void shouldNotLetASecretOutUnderANewName() throws SQLException {
    // Given
    run("select puck.watch('person', exclude => '{email}', mask => '{\"pay\": null}')");

    // When
    run("alter table person rename email to mail; alter table person rename pay to salary");
    run("insert into person values (1, 'x', 'secret', 1234)");

    // Then
    assertThat(Outbox.newest(connection)).isEqualTo("{\"id\":1,\"name\":\"x\"}");
    assertThat(Sql.column(connection, "select problem from puck.findings() order by 1"))
        .hasSize(2)
        .allMatch(problem -> problem.contains("is there no more"));
  }

  @Test
  void shouldCreateWhatComesIntoTheFilterAndDeleteWhatLeaves() throws SQLException {
    // Given
    run("select puck.watch('person', filter => 'new.pay > 10 and new.name is not null')");

    // When
    run("insert into person values (1, 'a', null, 5), (2, 'b', null, 50), (3, 'c', null, null)");
    run("update person set pay = 20 where id = 1");
    run("update person set pay = 30 where id = 1");
    run("update person set pay = 1");
    run("update person set pay = 2");
    run("delete from person");

    // Then
    assertThat(Outbox.changes(connection))
        .containsExactly(
            "c person {\"id\":2}",
            "c person {\"id\":1}",
            "u person {\"id\":1}",
            "d person {\"id\":2}",
            "d person {\"id\":1}");
    assertThat(Outbox.tell(connection, row -> row.op() + ": " + row.newRow()))
        .filteredOn(row -> row.startsWith("d"))
        .containsExactly("d: null", "d: null");
    assertThat(Outbox.tell(connection, row -> row.op() + ": " + row.oldRow()))
        .filteredOn(row -> row.startsWith("c"))
        .containsExactly("c: null", "c: null");
  }

  @Test
  void shouldKeepTheChainOverNestedChangesThatAreFilteredOut() throws SQLException {
    // Given: 1 sends 2 out of the filter and in again
    run("insert into person values (1, 'a', null, 20), (2, 'b', null, 20)");
    run(
        """
        create function ripple() returns trigger language plpgsql as $$
        begin
          if new.id = 1 then
            update person set pay = 1 where id = 2;
            update person set pay = 2 where id = 2;
            update person set pay = 99 where id = 2;
          end if;
          return null;
        end $$;
        create trigger ripple after update on person
          for each row execute function ripple()
        """);
    run("select puck.watch('person', filter => 'new.pay > 10')");

    // When
    run("update person set pay = 30");

    // Then
    assertThat(Outbox.chained(connection, row -> row.op() + " " + row.key()))
        .filteredOn(change -> !change.contains("1"))
        .containsExactly("u {\"id\":2}", "d {\"id\":2}", "- null", "c {\"id\":2}");
  }

  @Test
  void shouldReplaceTheOptionsWhenWatchedAgain() throws SQLException {
    // Given
    run("select puck.watch('person', exclude => '{email}', filter => 'false')");

    // When
    String version = Sql.text(connection, "select puck.watch('person')");

    // Then
    run("insert into person values (1, 'x', 'open', 1)");
    assertThat(version).isEqualTo("2");
    assertThat(Outbox.newest(connection)).contains("open");
    assertThat(Sql.text(connection, "select version from puck.outbox")).isEqualTo("2");
  }

  @Test
  void shouldRefuseADeferrablePrimaryKeyWithReasonAndFix() throws SQLException {
    // Given
    run("create table slack (a int, b int, constraint k primary key (b, a) deferrable)");

    // When, Then
    assertThatThrownBy(() -> run("select puck.watch('slack')"))
        .hasMessageContaining("its primary key is deferrable")
        .hasMessageContaining("alter table public.slack drop constraint k, add primary key (b, a)");

    // When, Then
    run("alter table slack drop constraint k, add primary key (b, a)");
    run("select puck.watch('slack')");
  }

  @Test
  void shouldRefuseWhatItCannotCapture() throws SQLException {
    String foreignTable =
        "create foreign data wrapper w; create server s foreign data wrapper w;"
            + " create foreign table v (a int) server s";
    connection.setAutoCommit(false);
    refuses("create view v as select 1 a", "v", "it is a view");
    refuses("create materialized view v as select 1 a", "v", "it is a view");
    refuses("create temp table v (a int)", "v", "it is temporary");
    refuses("create unlogged table v (a int)", "v", "alter table public.v set logged");
    refuses("create sequence v", "v", "it is no table");
    refuses("select 1", "pg_class", "it is a system table");
    refuses("select 1", "puck.outbox_0", "it is Puck's own");
    refuses(foreignTable, "v", "it is a foreign table");
  }

  /** And leaves nothing of {@code given} behind. */
  private void refuses(String given, String name, String reason) throws SQLException {
    run(given);
    assertThatThrownBy(() -> run("select puck.watch('" + name + "')"))
        .as(given)
        .hasMessageContaining("cannot be watched: ")
        .hasMessageContaining(reason);
    connection.rollback();
  }

  @Test
  void shouldRefuseOptionsThatCannotBeMeant() throws SQLException {
    Map<String, String> reasons =
        Map.ofEntries(
            entry("exclude => '{mail}'", "it has no column 'mail'"),
            entry("exclude => '{id}'", "column id is of the primary key"),
            entry("columns => '{name}'", "column id is of the primary key"),
            entry("columns => '{id}', exclude => '{name}'", "both columns and exclude are given"),
            entry("mask => '{\"id\": \"x\"}'", "masked by \"x\", all rows are one"),
            entry("mask => '{\"name\": [\"x\"]}'", "mask of column name is [\"x\"]"),
            entry(
                "mask => '{\"name\": {\"hash\": \"md5\"}}'",
                "mask of column name is {\"hash\": \"md5\"}"),
            entry("mask => '\"x\"'", "mask is \"x\""),
            entry("filter => 'new.nonsense > 1'", "column new.nonsense does not exist"),
            entry("filter => 'new.pay'", "must be type boolean"),
            entry("filter => '1 +'", "syntax error"));
    for (Map.Entry<String, String> each : reasons.entrySet()) {
      assertThatThrownBy(() -> run("select puck.watch('person', " + each.getKey() + ")"))
          .as(each.getKey())
          .hasMessageContaining(each.getValue());
    }
    assertThat(Sql.column(connection, "select * from puck.watched")).isEmpty();
  }

  private void run(String sql) throws SQLException {
    Sql.run(connection, sql);
  }
}
