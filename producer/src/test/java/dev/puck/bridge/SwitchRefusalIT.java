package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.config.OnGap;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.election.Leadership;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Secret;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a switch does not begin with, and says how to mend. */
@ExtendWith(PuckExtension.class)
class SwitchRefusalIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final TestEnvironment environment;
  private final WalDatabase database;
  private final BridgeSetup setup;
  private final SwitchLog log;

  SwitchRefusalIT(TestEnvironment environment) throws SQLException {
    this.environment = environment;
    this.database = new WalDatabase(environment);
    this.setup = database.setup(OnGap.STOP, true).outbox();
    this.log = new SwitchLog(setup);
  }

  @BeforeEach
  void install() throws SQLException {
    try (Connection connection = environment.connect()) {
      new SchemaInstaller(connection).install();
    }
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  @Test
  void shouldRefuseABridgeThatNeverRan() {
    refused(SourceType.WAL, setup.config().postgres())
        .hasMessageContaining("has no checkpoint, so that there is nothing to move");
  }

  @Test
  void shouldRefuseWhatAPublicationCannotDoAndChangeNothing() throws Exception {
    // Given
    database.run(
        "create table masked (id integer primary key, phone text)",
        "create table some_columns (id integer primary key, phone text)",
        "create table some_rows (id integer primary key, phone text)",
        "create table late (id integer primary key, phone text)",
        "select puck.watch('masked', mask => '{\"phone\": null}')",
        "select puck.watch('some_columns', exclude => '{phone}')",
        "select puck.watch('some_rows', filter => 'new.id > 0')");
    runUntilStarted("masked", "some_columns", "some_rows");
    database.run("select puck.watch('late')");

    // When, Then
    refused(SourceType.WAL, setup.config().postgres())
        .hasMessageContaining("Table public.masked is watched with --mask")
        .hasMessageContaining("Table public.some_columns is watched with some of its columns")
        .hasMessageContaining(
            "Table public.some_rows is watched with some of its rows (new.id > 0)")
        .hasMessageContaining("rows that table public.late had when it was watched are not all");
    assertThat(database.ask("select count(*) from pg_publication")).isEqualTo("0");
    assertThat(database.ask("select puck.publishes_to()")).isEqualTo("outbox");

    // When: it is published as it is watched
    database.run(
        "select puck.unwatch('masked')",
        "select puck.unwatch('late')",
        "create publication puck for table some_columns (id), some_rows where (id > 0)"
            + " with (publish_via_partition_root = true)");

    // Then
    log.switchTo(SourceType.WAL);
    assertThat(database.ask("select puck.publishes_to()")).isEqualTo("wal");
  }

  @Test
  void shouldRefuseTablesWithoutKeyUnlessToldToTakeWholeRows() throws Exception {
    // Given
    database.run("create table keyless (line text)", "select puck.watch('keyless')");
    runUntilStarted("keyless");

    // When, Then
    refused(SourceType.WAL, setup.config().postgres())
        .hasMessageContaining("keyless has no primary key and no replica identity");
    assertThat(database.ask("select count(*) from pg_publication")).isEqualTo("0");
    log.run(SourceType.WAL, setup.config().postgres(), true, step -> {});
    database.run("insert into keyless values ('a')", "delete from keyless");
  }

  @Test
  void shouldRefuseARoleThatDoesNotOwnTheOutbox() throws Exception {
    // Given
    runUntilStarted();
    database.run("create role visitor_" + environment.name() + " login password 'secret'");
    try {
      // When, Then
      refused(
              SourceType.WAL,
              new PostgresConfig(
                  environment.url(), "visitor_" + environment.name(), new Secret("secret")))
          .hasMessageContaining("belongs to role postgres, whose rights visitor_")
          .hasMessageContaining("Add: --user postgres");
    } finally {
      database.run("drop role visitor_" + environment.name());
    }
  }

  @Test
  void shouldRefuseASlotOfAnotherKindAndALostOne() throws Exception {
    // Given
    runUntilStarted();
    database.run("select pg_create_physical_replication_slot('" + database.slot() + "')");

    // When, Then
    refused(SourceType.WAL, setup.config().postgres())
        .hasMessageContaining("Slot '" + database.slot() + "'")
        .hasMessageContaining("is a physical one");
    database.dropSlot();
    log.switchTo(SourceType.WAL);
    database.dropSlot();
    refused(SourceType.OUTBOX, setup.config().postgres())
        .hasMessageContaining("There is no slot '" + database.slot() + "'");
  }

  @Test
  void shouldDoNothingWhereTheBridgeIsAlready() throws Exception {
    // Given
    runUntilStarted();

    // When
    log.switchTo(SourceType.OUTBOX);

    // Then
    try (Bridge bridge = setup.start()) {
      assertThat(bridge.status().source()).isEqualTo("outbox");
    }
  }

  @Test
  void shouldRefuseABridgeWithTheSourceBefore() throws Exception {
    // Given
    runUntilStarted();

    // When, Then
    setup.wal(setup.config().wal());
    database.install();
    assertThatThrownBy(setup::start)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is of the source outbox, and bridge.source is wal")
        .hasMessageContaining("puck switch --to wal");
  }

  @Test
  void shouldGiveUpOnABridgeThatDoesNotHandOver() throws Exception {
    // Given
    runUntilStarted();
    Postgres postgres = new Postgres(setup.config().postgres(), "leader that does not listen");
    try (Leadership stuck = Leadership.tryAcquire(postgres, setup.config().name()).orElseThrow()) {
      // When, Then
      refused(SourceType.WAL, setup.config().postgres())
          .hasMessageContaining("has not handed over within 30 s");
      assertThat(stuck.isHeld()).isTrue();
    }
    assertThat(log.said()).anyMatch(each -> each.startsWith("Waiting for the bridge"));
    try (Bridge bridge = setup.start()) {
      assertThat(bridge.status().source()).isEqualTo("outbox");
    }
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(
      SourceType to, PostgresConfig owner) {
    return assertThatThrownBy(() -> log.run(to, owner, false, step -> {}))
        .isInstanceOf(ConfigException.class);
  }

  /** Once it has noted that it has all rows that these tables had. */
  private void runUntilStarted(String... tables) throws InterruptedException {
    CheckpointOperator operator = new CheckpointOperator(setup.config(), setup.kafka());
    try (Bridge bridge = setup.start()) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  operator
                      .show()
                      .checkpoint()
                      .filter(each -> done(each.position().text()) >= tables.length)
                      .isPresent());
      assertThat(bridge.status().role()).isEqualTo("active");
    }
  }

  private static int done(String position) {
    return position.split("\"done\":true", -1).length - 1;
  }
}
