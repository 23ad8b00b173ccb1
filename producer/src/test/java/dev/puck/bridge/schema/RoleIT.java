package dev.puck.bridge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may do what, and cannot be tricked into more. */
@ExtendWith(PuckExtension.class)
class RoleIT {
  private final TestEnvironment environment;

  RoleIT(TestEnvironment environment) {
    this.environment = environment;
  }

  @Test
  void shouldBeInstalledAndUsedByAnOrdinaryRole() throws SQLException {
    try (TestRole owner = new TestRole(environment, "owner");
        TestRole application = new TestRole(environment, "app")) {
      owner.asSuperuser(
          "grant create on database %s to %s".formatted(environment.database(), owner.name()));
      try (Connection connection = owner.connect();
          Connection writer = application.connect()) {
        // Given
        SchemaInstaller installer = new SchemaInstaller(connection);
        installer.install();
        Sql.run(
            connection,
            """
            create schema shop;
            create table shop.sale (id int primary key, amount int);
            grant usage on schema shop to public;
            grant all on shop.sale to public
            """);
        Sql.run(connection, "select puck.watch('shop.sale', filter => 'new.amount > 0')");

        // When: with no right on the outbox
        Sql.run(writer, "insert into shop.sale values (1, 1), (2, 0)");

        // Then
        assertThat(Outbox.changes(connection)).containsExactly("c sale {\"id\":1}");
        assertThat(Sql.text(connection, "select puck.rotate('99999999', '{}')")).isEqualTo("t");
        assertThat(Sql.column(connection, "select problem from puck.findings()")).isEmpty();
        assertThat(Sql.text(connection, "select is_copy from puck.identity()")).isEqualTo("f");
        installer.install();
        installer.uninstall();
        Sql.run(writer, "insert into shop.sale values (3, 1)");
      }
    }
  }

  @Test
  void shouldDoWithoutTheSystemIdentifierWhereItMayNotBeAskedFor() throws SQLException {
    try (TestRole owner = new TestRole(environment, "owner")) {
      // Given
      owner.asSuperuser(
          "grant create on database %s to %s".formatted(environment.database(), owner.name()));
      owner.asSuperuser("revoke execute on function pg_control_system() from public");
      try (Connection connection = owner.connect()) {
        // When
        new SchemaInstaller(connection).install();

        // Then
        assertThat(
                Sql.text(
                    connection,
                    "select system_identifier is null and not is_copy from puck.identity()"))
            .isEqualTo("t");
      }
    }
  }

  @Test
  void shouldSayWhoMayWatchATableOfSomebodyElse() throws SQLException {
    try (TestRole owner = new TestRole(environment, "owner")) {
      owner.asSuperuser(
          "grant create on database %s to %s".formatted(environment.database(), owner.name()));
      owner.asSuperuser("create table theirs (id int primary key)");
      try (Connection connection = owner.connect()) {
        // Given
        new SchemaInstaller(connection).install();

        // When, Then
        String watch = "select puck.watch('theirs')";
        assertThatThrownBy(() -> Sql.run(connection, watch))
            .hasMessageContaining("grant trigger on public.theirs to " + owner.name());

        // When, Then
        owner.asSuperuser("grant trigger on theirs to " + owner.name());
        Sql.run(connection, watch);
        owner.asSuperuser("insert into theirs values (1)");
        assertThat(Outbox.changes(connection)).containsExactly("c theirs {\"id\":1}");
      }
    }
  }

  @Test
  void shouldSayWhatKeepsTheStartingStateFromBeingRead() throws SQLException {
    try (TestRole owner = new TestRole(environment, "owner")) {
      owner.asSuperuser(
          "grant create on database %s to %s".formatted(environment.database(), owner.name()));
      owner.asSuperuser("create table theirs (id int primary key)");
      owner.asSuperuser("insert into theirs values (1)");
      owner.asSuperuser("grant trigger on theirs to " + owner.name());
      try (Connection connection = owner.connect()) {
        // Given
        new SchemaInstaller(connection).install();
        Sql.run(connection, "select puck.watch('theirs')");
        StartingRows starting = new StartingRows(connection);

        // When, Then
        String grant = "grant select on public.theirs to " + owner.name();
        assertThatThrownBy(() -> starting.step("theirs", null, 1))
            .hasMessageContaining("may not read it")
            .hasMessageContaining("Run: " + grant);
        assertThat(Sql.column(connection, "select fix from puck.findings()"))
            .containsExactly(grant);
        owner.asSuperuser(grant);
        assertThat(starting.step("theirs", null, 1)).containsExactly("{\"id\":1}");
        assertThat(Sql.column(connection, "select fix from puck.findings()")).isEmpty();

        // When, Then: rows that it would not see must not be missing silently
        owner.asSuperuser("alter table theirs enable row level security");
        String bypass = "alter role %s bypassrls".formatted(owner.name());
        assertThatThrownBy(() -> starting.step("theirs", null, 1))
            .hasMessageContaining("Run: " + bypass);
        assertThat(Sql.column(connection, "select fix from puck.findings()"))
            .containsExactly(bypass);
        owner.asSuperuser(bypass);
        assertThat(starting.step("theirs", null, 1)).containsExactly("{\"id\":1}");
      }
    }
  }

  @Test
  void shouldLetAWriterDoNothingButPublish() throws SQLException {
    List<String> attempts =
        List.of(
            "select * from puck.outbox",
            "select * from puck.outbox_0",
            "insert into puck.outbox_0 (details.name) values ('x')",
            "update puck.outbox_0 set payload = 'x'",
            "delete from puck.outbox_0",
            "truncate puck.outbox_0",
            "select last_value from puck.state",
            "select setval('puck.state', 4)",
            "select nextval('puck.outbox_id')",
            "select * from puck.watched",
            "select * from puck.starting_rows(1, null, 1)",
            "select * from puck.bridge",
            "select * from puck.dead_letter",
            "select * from puck.installation",
            "select puck.watch('mine')",
            "select puck.unwatch('mine')",
            "select puck.rotate('9', '{}')",
            "select puck.sleep()",
            "select puck.wake_up()",
            "select puck.wake_by('poll')",
            "select puck.adopt('x', 'y', 'z')",
            "select puck.own('x', 'y', 'z')",
            "select puck.identity()",
            "select puck.define_capture(1)",
            "create function puck.publish(a int) returns int language sql as 'select 1'",
            "create trigger t after insert on mine for each row execute function puck.capture_1()");
    try (Connection superuser = environment.connect();
        TestRole writer = new TestRole(environment, "writer")) {
      // Given
      new SchemaInstaller(superuser).install();
      Sql.run(superuser, "grant puck_writer to " + writer.name());
      Sql.run(superuser, "create table watched (id int)");
      Sql.run(superuser, "select puck.watch('watched')");
      try (Connection connection = writer.connect()) {
        Sql.run(connection, "create temp table mine (id int)");

        // When, Then
        for (String attempt : attempts) {
          assertThatThrownBy(() -> Sql.run(connection, attempt))
              .as(attempt)
              .hasMessageContaining("permission denied");
        }
        Sql.run(connection, "select puck.publish('c', 'x')");
      }
      assertThat(Sql.text(superuser, "select count(*) from puck.outbox")).isEqualTo("1");
    }
  }

  @Test
  void shouldNotBeTrickedByNamesInTheSearchPath() throws SQLException {
    try (Connection superuser = environment.connect();
        TestRole writer = new TestRole(environment, "writer")) {
      // Given: all that our functions use, once more, in a schema of the writer's and in its
      // pg_temp
      new SchemaInstaller(superuser).install();
      Sql.run(superuser, "create table watched (id int primary key, word text)");
      Sql.run(
          superuser,
          "select puck.watch('watched', filter => 'new.id > 0', mask => '{\"word\": null}')");
      Sql.run(superuser, "grant puck_writer to " + writer.name());
      Sql.run(superuser, "grant insert on watched to puck_writer");
      Sql.run(superuser, "create schema evil authorization " + writer.name());
      try (Connection connection = writer.connect()) {
        Sql.run(
            connection,
            """
            create table evil.trophy (line text);
            grant all on evil.trophy to public;
            create function evil.steal(what text) returns boolean language plpgsql as $$
            begin
              insert into evil.trophy values (what || ' as ' || current_user);
              return true;
            end $$;
            create function evil.pg_notify(text, text) returns void language sql
              as $$ select evil.steal('pg_notify') $$;
            create function evil.pg_sequence_last_value(regclass) returns bigint language sql
              as $$ select case when evil.steal('sequence') then 0 end::bigint $$;
            create function evil.octet_length(text) returns int language sql
              as $$ select case when evil.steal('octet_length') then 1 end $$;
            create function evil.row_to_json(public.watched) returns json language sql
              as $$ select case when evil.steal('row_to_json') then '{}'::json end $$;
            create function evil.lower(text) returns text language sql
              as $$ select case when evil.steal('lower') then 'off' end $$;
            create function evil.equal(text, text) returns boolean language sql
              as $$ select evil.steal('=') $$;
            create operator evil.= (leftarg = text, rightarg = text, function = evil.equal);
            create function evil.more(int, int) returns boolean language sql
              as $$ select evil.steal('>') $$;
            create operator evil.> (leftarg = int, rightarg = int, function = evil.more);
            create domain evil.text as pg_catalog.text;
            create function evil.publish(text, text, text, jsonb) returns bigint language sql
              as $$ select 1::bigint $$;
            create temp table outbox_0 (line text);
            create temp table pg_class (line text);
            set search_path = pg_temp, evil, pg_catalog
            """);

        // When
        Sql.run(connection, "select puck.publish('c', 'x'::pg_catalog.text, 'k', '{\"a\":\"b\"}')");
        Sql.run(connection, "select puck.publish('c', '{}'::pg_catalog.json)");
        Sql.run(connection, "select puck.publish('c', '{}'::pg_catalog.jsonb)");
        Sql.run(connection, "insert into public.watched values (1, 'secret')");
      }

      // Then
      assertThat(Sql.column(superuser, "select line from evil.trophy")).isEmpty();
      assertThat(Sql.column(superuser, "select kind::text || name from puck.outbox order by id"))
          .isEqualTo(List.of("mc", "mc", "mc", "rwatched"));
    }
  }

  @Test
  void shouldLetTheBridgeReadRotateAndOwn() throws SQLException {
    try (Connection superuser = environment.connect();
        TestRole bridge = new TestRole(environment, "bridge")) {
      // Given
      new SchemaInstaller(superuser).install();
      Sql.run(superuser, "grant puck_bridge to " + bridge.name());
      Sql.run(superuser, "create table stock (id int primary key)");
      Sql.run(superuser, "insert into stock values (1)");
      Sql.run(superuser, "select puck.watch('stock')");
      Sql.run(superuser, "select puck.publish('c', 'x')");
      try (Connection connection = bridge.connect()) {
        // When, Then
        assertThat(Sql.column(connection, "select payload from puck.outbox")).containsExactly("x");
        Sql.run(connection, "select puck.wake_up(), puck.sleep(), puck.wake_by('notify')");
        Sql.run(connection, "select * from puck.findings(), puck.identity()");
        assertThat(
                Sql.column(
                    connection,
                    """
                    select puck.shape('{}', '{}') || new_row, puck.starting_estimate(id)
                      from puck.watched, puck.starting_rows(id, null, 10)
                    """))
            .containsExactly("{\"fields\" : [], \"key\" : []}(1)");
        assertThat(own(connection, "one")).isEqualTo("t");
        assertThat(own(connection, "one")).isEqualTo("t");
        assertThat(own(connection, "other")).isEqualTo("f");
        Sql.run(connection, "select puck.adopt('other', 'kafka', 'p.')");
        assertThat(own(connection, "other")).isEqualTo("t");
        assertThat(Sql.text(connection, "select puck.rotate('1', '{}')")).isEqualTo("t");
        String letter =
            """
            insert into puck.dead_letter (puck_id, bridge, topic, error)
            values ('1', 'other', 't', 'too large') on conflict do nothing
            """;
        Sql.run(connection, letter);
        Sql.run(connection, letter);
        assertThatThrownBy(
                () -> Sql.run(connection, "insert into puck.outbox_0 (details.name) values ('x')"))
            .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> Sql.run(connection, "truncate puck.outbox_0"))
            .hasMessageContaining("permission denied");
      }
    }
  }

  private static String own(Connection connection, String name) throws SQLException {
    return Sql.text(connection, "select puck.own('%s', 'kafka', 'p.')".formatted(name));
  }
}
