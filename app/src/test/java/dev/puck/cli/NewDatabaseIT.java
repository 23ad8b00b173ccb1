package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.embedded.EmbeddedServers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Schema and tables as a new user meets them: an empty server, and a role that is no superuser and
 * may not create roles. Roles are the whole server's, hence one of our own.
 */
class NewDatabaseIT {
  private static final EmbeddedServers SERVERS = EmbeddedServers.inTemporaryDirectory();

  private static final String VERSION = "Schema puck, version " + SchemaInstaller.VERSION;

  @TempDir private Path directory;
  private ConfiguredDatabase shop;

  @BeforeAll
  static void start() {
    SERVERS.postgres();
  }

  @AfterAll
  static void stop() {
    SERVERS.close();
  }

  @BeforeEach
  void createDatabase() throws IOException, SQLException {
    SERVERS.postgres().dropDatabase("shop");
    SERVERS.postgres().createDatabase("shop");
    shop = new ConfiguredDatabase(directory, SERVERS.postgres().url("shop"), "alice");
    shop.run(
        """
        drop role if exists puck_writer, puck_bridge, alice;
        create role alice login password 'secret';
        create schema sales authorization alice;
        set role alice;
        create table sales.sale (id int primary key, email text)
        """);
  }

  @Test
  void shouldLeadFromAnEmptyDatabaseToACaptureAndBack() throws SQLException {
    // No right yet
    CommandRun refused = shop.puck("init");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err())
        .containsOnlyOnce("\n")
        .contains("Role alice may not make a schema in 127.0.0.1:")
        .contains("grant create on database shop to alice");

    // Installed, but nobody else may do anything
    shop.run("grant create on database shop to alice");
    CommandRun first = shop.puck("init");
    assertThat(first.err()).isEmpty();
    assertThat(first.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(first.out())
        .contains(VERSION + ", installed in 127.0.0.1:")
        .contains("Missing: puck_writer and puck_bridge, which alice may not create.")
        .contains("  create role puck_writer nologin;", "  create role puck_bridge nologin;")
        .doesNotContain("superuser");

    // Once somebody has made the roles
    shop.run("create role puck_writer nologin; create role puck_bridge nologin");
    assertThat(shop.puck("init").out())
        .contains(VERSION + ", was there already in")
        .contains("Roles puck_writer and puck_bridge have their rights.")
        .contains("grant puck_writer to");

    assertThat(shop.puck("watch", "sales.sale", "--mask", "email=sha256").exitCode()).isZero();
    shop.run("insert into sales.sale values (1, 'a@b.c')");
    assertThat(shop.column("select name from puck.outbox")).containsExactly("sale");

    CommandRun removed = shop.puck("uninstall", "--yes");
    assertThat(removed.err()).isEmpty();
    assertThat(removed.out())
        .contains("with the capture of 1 table, 1 row of the outbox (relayed or not)")
        .contains("no longer captured: sales.sale")
        .contains("Still there: role puck_writer and role puck_bridge");
    shop.run("insert into sales.sale values (2, 'd@e.f')");
    assertThat(shop.puck("uninstall", "--yes").out()).contains("is not installed in");
  }

  @Test
  void shouldMakeTheRolesWhereItMay() throws SQLException {
    // Given
    shop.run("grant create on database shop to alice; alter role alice createrole");

    // When, Then
    assertThat(shop.puck("init").out())
        .contains("Roles puck_writer and puck_bridge have their rights; made: puck_writer, puck_b");
    assertThat(shop.puck("uninstall", "--yes").out()).doesNotContain("Still there");
    assertThat(shop.column("select rolname from pg_roles where rolname like 'puck%'")).isEmpty();
  }

  @Test
  void shouldWorkAsAnotherRoleThanTheBridges() throws SQLException {
    // Given
    assertThat(shop.puck("init", "--user", "postgres").out())
        .contains("it belongs to role postgres.")
        .contains("postgres is a superuser, and captures run with its rights.");

    // When, Then
    for (String command : new String[] {"init", "watch", "uninstall --yes", "watch sales.sale"}) {
      CommandRun run = shop.puck(command.split(" "));
      assertThat(run.exitCode()).as(command).isEqualTo(ExitCode.USAGE);
      assertThat(run.err())
          .as(command)
          .contains("belongs to role postgres, whose rights alice does not have.")
          .contains("Add: --user postgres");
    }

    // When, Then
    shop.run("grant puck_bridge to alice");
    assertThat(shop.puck("watch").out()).contains("No table is watched in 127.0.0.1:");
  }

  @Test
  void shouldSayWhatACaptureStillLacks() throws SQLException {
    // Given
    shop.run("grant create on database shop to alice; create table theirs (id int primary key)");
    shop.puck("init");
    assertThat(shop.puck("watch", "theirs").err())
        .contains("Run as its owner: grant trigger on public.theirs to alice.");
    shop.run("grant trigger on theirs to alice");

    // When, Then
    assertThat(shop.puck("watch", "theirs").out())
        .contains("public.theirs: watched, all rows and columns")
        .contains("! public.theirs: role alice may not read it")
        .contains("    Fix: grant select on public.theirs to alice");
  }

  @Test
  void shouldNotRemoveWhatABridgeReads() throws SQLException {
    // Given
    shop.run("grant create on database shop to alice");
    shop.puck("init");
    try (Connection bridge = shop.connect();
        Statement statement = bridge.createStatement()) {
      statement.execute("set application_name = 'puck bridge tweets'");

      // When, Then
      CommandRun refused = shop.puck("uninstall", "--yes");
      assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(refused.err()).contains("A bridge is connected").contains("puck bridge tweets");
      assertThat(shop.puck("uninstall", "--yes", "--force").exitCode()).isEqualTo(ExitCode.OK);
    }
  }

  @Test
  void shouldNotRemoveWithoutBeingTold() throws SQLException {
    // Given
    shop.run("grant create on database shop to alice");
    shop.puck("init");

    // When
    CommandRun run = shop.puck("uninstall");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("with the capture of 0 tables").contains("add: --yes");
    assertThat(shop.column("select 1 from pg_namespace where nspname = 'puck'")).hasSize(1);
  }

  @Test
  void shouldPrintWhatPsqlCanRun() throws SQLException {
    // Given
    CommandRun printed = CommandRun.of("init", "--print");
    assertThat(printed.exitCode()).isEqualTo(ExitCode.OK);

    // When, Then
    shop.run(printed.out());
    assertThat(shop.column("select version from puck.schema_version"))
        .containsExactly(Integer.toString(SchemaInstaller.VERSION));
    shop.run(CommandRun.of("uninstall", "--print").out());
    assertThat(shop.column("select 1 from pg_namespace where nspname = 'puck'")).isEmpty();
  }
}
