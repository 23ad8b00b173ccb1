package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code puck init --source wal}. */
@ExtendWith(PuckExtension.class)
class WalInitIT {
  @TempDir private Path directory;

  @Test
  void shouldMakeWhatIsMissingAndSaySo(TestEnvironment environment)
      throws IOException, SQLException {
    ConfiguredDatabase shop = database(environment);
    String slot = environment.name() + "_slot";
    try {
      // Given
      shop.run(
          """
          create table sale (id int primary key);
          create table "Line item" (sale int, item int);
          create table measure (at int, n int) partition by range (at);
          create table measure_1 partition of measure for values from (0) to (10)
          """);

      // When
      CommandRun first = init(environment, "--table", "public.sale");

      // Then
      assertThat(first.err()).isEmpty();
      assertThat(first.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(first.out())
          .contains("Publication puck made, with public.sale.")
          .contains("Slot " + slot + " made; it begins at ")
          .contains("goes on after a failover")
          .contains("Schema puck, version ")
          .contains("puck.publish(…) writes to the WAL.");
      assertThat(shop.column("select puck.publish('c', 'x') is null")).containsExactly("t");
      assertThat(
              shop.column(
                  "select plugin || ' ' || failover from pg_replication_slots where slot_name = '"
                      + slot
                      + "'"))
          .containsExactly("pgoutput true");
      assertThat(shop.column("select pubviaroot::text from pg_publication"))
          .containsExactly("true");

      // When
      CommandRun refused =
          init(environment, "--table", "\"Line item\"", "--table", "public.measure");

      // Then
      assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(refused.err())
          .contains("public.\"Line item\" has no primary key and no replica identity")
          .contains("public.measure, public.measure_1 have no primary key")
          .contains("pass --full");
      assertThat(shop.column("select tablename from pg_publication_tables"))
          .containsExactly("sale");

      // When
      CommandRun full =
          init(environment, "--table", "\"Line item\"", "--table", "public.measure", "--full");

      // Then
      assertThat(full.err()).isEmpty();
      assertThat(full.out())
          .contains("Table public.\"Line item\" now has REPLICA IDENTITY FULL.")
          .contains("Table public.measure_1 now has REPLICA IDENTITY FULL.")
          .contains("added: public.\"Line item\", public.measure.")
          .contains("Slot " + slot + " was there already.");
      shop.run("update \"Line item\" set item = 1; update measure set n = 1");

      // When
      CommandRun again = init(environment, "--table", "sale");

      // Then
      assertThat(again.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(again.out()).contains("Publication puck was there already.");
    } finally {
      shop.run(
          "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '"
              + slot
              + "'");
    }
  }

  @Test
  void shouldRefuseWhatMakesNoSense(TestEnvironment environment) throws IOException {
    CommandRun table = database(environment).puck("init", "--table", "sale");
    assertThat(table.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(table.err()).contains("are for --source wal");
    CommandRun none = init(environment, "--table", "no_such_table");
    assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).contains("relation \"no_such_table\" does not exist");
    CommandRun print = init(environment, "--print");
    assertThat(print.err()).contains("--print prints the outbox's schema, and no slot.");
  }

  private ConfiguredDatabase database(TestEnvironment environment) throws IOException {
    return new ConfiguredDatabase(directory, environment.url(), "postgres");
  }

  private static CommandRun init(TestEnvironment environment, String... arguments) {
    String[] all = new String[arguments.length + 8];
    String[] fixed = {
      "init",
      "--source",
      "wal",
      "--postgres",
      environment.url(),
      "--user",
      environment.user(),
      "--slot=" + environment.name() + "_slot"
    };
    System.arraycopy(fixed, 0, all, 0, fixed.length);
    System.arraycopy(arguments, 0, all, fixed.length, arguments.length);
    return CommandRun.of(all);
  }
}
