package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PuckExtension.class)
class WatchCommandIT {
  /** The columns of each captured row, with those that are constant, and the row. */
  private static final String CAPTURED =
      """
      select (select string_agg(f.name || coalesce('=' || f.constant::text, ''), ' ')
                from unnest(fields) as f) || ': ' || new_row
        from puck.outbox
      """;

  @TempDir private Path directory;
  private final TestEnvironment environment;
  private ConfiguredDatabase shop;

  WatchCommandIT(TestEnvironment environment) {
    this.environment = environment;
  }

  @BeforeEach
  void install() throws IOException, SQLException {
    shop = new ConfiguredDatabase(directory, environment.url(), environment.user());
    shop.run(
        """
        create schema shop;
        create table shop.sale (
          id int primary key, notes text, email text, phone text, country text,
          half int generated always as (id / 2) stored);
        create table shop.person (id int primary key);
        create table shop.late (id int primary key deferrable);
        create schema "Odd Name";
        create table "Odd Name".täble (id int);
        """);
    assertThat(shop.puck("init").exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void shouldPassEveryOptionOn() throws SQLException {
    // When
    CommandRun run =
        shop.puck(
            "watch",
            "shop.sale",
            "--exclude",
            "notes",
            "--mask",
            "email=sha256",
            "--mask",
            "phone=null",
            "--where",
            "new.country = 'DK'",
            "--replica",
            "--generated");

    // Then
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    String options =
        "--exclude notes --mask email=sha256 --mask phone=null"
            + " --where 'new.country = '\\''DK'\\''' --replica --generated";
    assertThat(run.out()).isEqualTo("shop.sale: watched, " + options + System.lineSeparator());
    assertThat(shop.puck("watch").out())
        .contains("shop.sale  (key: id; version 1")
        .contains(options);
    shop.run(
        """
        set session_replication_role = replica;
        insert into shop.sale values (4, 'x', 'y', 'z', 'DK'), (5, 'x', 'y', 'z', 'SE')
        """);
    assertThat(shop.column(CAPTURED))
        .singleElement()
        .asString()
        .matches("id email phone=null country half: \\(4,[0-9a-f]{64},DK,2\\)");
  }

  @Test
  void shouldTakeColumnsAndConstants() throws SQLException {
    // When
    CommandRun run =
        shop.puck(
            "watch",
            "shop.sale",
            "--columns",
            "id,notes,phone,email",
            "--mask",
            "notes=gone",
            "--mask",
            "phone=0",
            "--mask",
            "email=\"null\"");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    shop.run("insert into shop.sale values (4, 'x', 'y', 'z', 'DK')");
    assertThat(shop.column(CAPTURED))
        .containsExactly("id notes=\"gone\" email=\"null\" phone=0: (4)");
    assertThat(run.out()).contains("--mask 'email=\"null\"'").contains("--mask phone=0");
  }

  @Test
  void shouldTakeNamesAsInSql() throws SQLException {
    // When
    CommandRun run = shop.puck("watch", "\"Odd Name\".täble");

    // Then
    assertThat(run.out())
        .contains("\"Odd Name\".\"täble\": watched, all rows and columns")
        .contains("It has no primary key");
    assertThat(shop.puck("unwatch", "\"Odd Name\".täble").out()).contains("no longer watched");
  }

  @Test
  void shouldSayWhatChangesAndWatchAgainWithTheSame() {
    // Given
    shop.puck("watch", "shop.sale", "shop.person", "--mask", "id=sha256");

    // When, Then
    assertThat(shop.puck("watch", "shop.sale", "--again").out())
        .isEqualTo("shop.sale: watched, --mask id=sha256" + System.lineSeparator());
    assertThat(shop.puck("watch", "shop.sale").out())
        .contains("shop.sale: watched, all rows and columns")
        .contains("until now: --mask id=sha256");
    assertThat(shop.puck("watch", "shop.late", "--again").err())
        .contains("Table shop.late is not watched yet. Leave --again out.");
  }

  @Test
  void shouldNameTheNearestTableAndDoNothing() throws SQLException {
    // When
    CommandRun run = shop.puck("watch", "shop.person", "shop.sael", "sale", "odd name");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains("There is no table 'shop.sael'; did you mean 'shop.sale'?")
        .contains("There is no table 'sale'; did you mean 'shop.sale'?")
        // Newer servers do not say that this can be no name.
        .containsPattern("There is no table 'odd name'|Table 'odd name': invalid name syntax");
    assertThat(shop.column("select 1 from puck.watched")).isEmpty();
  }

  @Test
  void shouldSayInOneLineEachWhatTheServerRefuses() {
    // When
    CommandRun run = shop.puck("watch", "shop.late", "puck.watched", "shop.person");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).startsWith("shop.person: watched");
    assertThat(run.err().lines()).hasSize(2).allMatch(line -> line.startsWith("puck: Table "));
    assertThat(run.err())
        .contains("Table shop.late cannot be watched: its primary key is deferrable")
        .contains("Table puck.watched cannot be watched: it is Puck's own.");
    assertThat(shop.puck("watch", "shop.person", "--where", "x = ").err())
        .isEqualTo(
            "puck: shop.person, --where x = : syntax error at or near \")\"."
                + System.lineSeparator());
    assertThat(shop.puck("watch", "shop.person", "--exclude", "id").err())
        .contains("column id is of the primary key, which every event bears. Capture it.");
  }

  @Test
  void shouldNotWaitForeverForOthers() throws SQLException {
    // Given
    shop.puck("watch", "shop.sale");
    try (Connection other = shop.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("insert into shop.person values (1); insert into shop.sale values (1)");

      // When, Then
      for (String command :
          new String[] {"watch shop.person", "unwatch shop.sale", "uninstall --yes"}) {
        CommandRun run = shop.puck((command + " --lock-timeout 100ms").split(" "));
        assertThat(run.exitCode()).as(command).isEqualTo(ExitCode.FAILURE);
        assertThat(run.err())
            .as(command)
            .contains("another transaction has kept a lock that this needs for over 100ms.");
      }
    }
  }

  @Test
  void shouldEndTheCaptureOfATableThatIsGone() throws SQLException {
    // Given
    shop.puck("watch", "shop.person", "shop.sale");
    shop.run("drop table shop.person");
    assertThat(shop.puck("watch").out())
        .contains("shop.person  (key: id; version 1")
        .contains("; dropped since)")
        .contains("! shop.person: the table was dropped.");

    // When, Then
    assertThat(shop.puck("unwatch", "shop.person").out())
        .contains("shop.person: no longer watched; what the outbox holds of it stays.");
    assertThat(shop.puck("unwatch", "shop.late").out()).contains("shop.late: is not watched.");
    CommandRun unknown = shop.puck("unwatch", "shop.sal");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err())
        .contains("There is no watched table 'shop.sal'; did you mean 'shop.sale'?");
  }

  @Test
  void shouldAskForTheSchemaFirst() {
    // Given
    shop.puck("uninstall", "--yes");

    // When, Then
    for (String command : new String[] {"watch", "watch shop.sale", "unwatch shop.sale"}) {
      CommandRun run = shop.puck(command.split(" "));
      assertThat(run.exitCode()).as(command).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).as(command).contains("is not installed in").contains("Run: puck init");
    }
  }
}
