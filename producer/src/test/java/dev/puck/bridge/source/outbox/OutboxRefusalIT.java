package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.config.WakeMode;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.source.Position;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Secret;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What must not be read is not read, and the ways out are said. */
@ExtendWith(PuckExtension.class)
class OutboxRefusalIT {
  private static final String WAYS_OUT =
      " Either point the bridge at the database that it read before; or, if no change was lost,"
          + " run: puck checkpoint adopt; or begin anew: puck checkpoint reset --from earliest|now.";

  private static final OutboxConfig LOSSLESS =
      new OutboxConfig(
          WakeMode.NOTIFY,
          Duration.ofMillis(50),
          Duration.ofSeconds(1),
          Duration.ofSeconds(15),
          true,
          true);

  private final TestEnvironment environment;
  private final Database database;
  private final TestBridge bridge;
  private final String address;

  OutboxRefusalIT(TestEnvironment environment) throws SQLException {
    this.environment = environment;
    this.database = Database.withSchema(environment);
    this.bridge = new TestBridge(database);
    this.address = address(environment.url());
  }

  @AfterEach
  void disconnect() throws SQLException {
    bridge.close();
    database.close();
  }

  @Test
  void shouldRefuseADatabaseWithoutSchema() throws SQLException {
    // Given
    database.run("drop schema puck cascade");

    // When, Then
    refuses(null, "The schema puck is not installed in " + address + ". Run: puck init");
  }

  @Test
  void shouldRefuseAnotherVersionOfTheSchema() throws SQLException {
    // When, Then
    database.run("update puck.schema_version set version = 1");
    refuses(
        null,
        "The schema puck in "
            + address
            + " has version 1, and this is Puck for version 5. Run: puck init");
    database.run("update puck.schema_version set version = 6");
    refuses(
        null,
        "The schema puck in "
            + address
            + " has version 6, and this is Puck for version 5. Run the Puck that upgraded it.");
    database.run("delete from puck.schema_version");
    refuses(
        null,
        "The schema puck in "
            + address
            + " has version 0, and this is Puck for version 5. Run: puck init");
  }

  @Test
  void shouldRefuseAnothersOutbox() throws SQLException {
    // Given
    bridge.start();
    Position position = bridge.position().toPosition();
    OutboxOwner other = new OutboxOwner("b", "kafka-2", "x.");

    // When, Then: with a checkpoint and without
    String message =
        "The outbox in "
            + address
            + " belongs to bridge 'b', Kafka cluster kafka-1, no topic prefix, and this is bridge"
            + " 'b', Kafka cluster kafka-2, topic prefix 'x.'. Two would each have a part of it."
            + " Stop the other one and run: puck checkpoint adopt; or give this one a database of"
            + " its own.";
    refuses(environment.url(), other, null, message);
    refuses(environment.url(), other, position, message);
  }

  /** Between being started and having its first checkpoint, another one may have come. */
  @Test
  void shouldRefuseToClaimWhatIsAnothersMeanwhile() throws SQLException {
    // Given
    OutboxOwner other = new OutboxOwner("other", "kafka-1", "");
    try (OutboxSource late = bridge.source(environment.url(), other)) {
      late.start(null);
      bridge.start();

      // When, Then
      assertThatThrownBy(late::claim)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(
              "belongs to bridge 'b', Kafka cluster kafka-1, no topic prefix, and"
                  + " this is bridge 'other'");
    }
  }

  @Test
  void shouldRefuseWithoutTheCheckpointThatThereWas() throws SQLException {
    // Given
    bridge.start();

    // When, Then
    refuses(
        null,
        "The outbox in "
            + address
            + " belongs to bridge 'b', Kafka cluster kafka-1, no topic prefix, but there is no"
            + " checkpoint of it in topic puck.checkpoints: it was deleted, or this is another"
            + " Kafka. How far the outbox was published is not known. Restore the topic; or publish"
            + " all that the outbox still has, some of it again: puck checkpoint reset --from"
            + " earliest; or what comes from now on, without what waits: puck checkpoint reset"
            + " --from now.");
  }

  @Test
  void shouldRefuseARestoredCopy() throws SQLException {
    // Given: as pg_dump and pg_restore make it
    bridge.start();
    Position position = bridge.position().toPosition();
    String url = environment.url(environment.newDatabase());
    try (Database copy = Database.withSchema(url)) {
      copy.run(
          "delete from puck.installation",
          database.text(
              """
              select format('insert into puck.installation (id, system_identifier, database,
                relation, xid) values (%L, %L, %L, %L, %L)',
                id, system_identifier, database, relation, xid) from puck.installation
              """));

      // When, Then
      refuses(
          url,
          TestBridge.OWNER,
          position,
          "The database "
              + address(url)
              + " is a copy: the schema puck in it was installed in another one, and what its outbox"
              + " holds is relayed from there. To relay this copy instead, run: puck checkpoint"
              + " adopt. Not to relay it, run there: puck uninstall");

      // When, Then: adopted, it is no copy any more, but not that of the checkpoint either
      String installation = bridge.position().database().installation();
      copy.run("select puck.adopt('b', 'kafka-1', '')");
      refuses(
          url,
          TestBridge.OWNER,
          position,
          "The checkpoint is of another installation of the schema puck ("
              + installation
              + ", here is "
              + copy.text("select id from puck.installation")
              + "): the database was restored, or puck installed anew."
              + WAYS_OUT);
    }
  }

  @Test
  void shouldRefuseAnEarlierStateOfTheDatabase() throws SQLException {
    // Given
    bridge.start();
    OutboxPosition position = bridge.position();
    DatabaseStamp stamp = position.database();

    // When, Then
    DatabaseStamp promoted =
        new DatabaseStamp(stamp.installation(), stamp.system(), 7, stamp.wal());
    refuses(
        position.from(position.covered(), promoted).toPosition(),
        "The checkpoint is of timeline 7, and this is timeline 1: PostgreSQL was restored or failed"
            + " over, and may have lost what is in Kafka already. With synchronous replication, set"
            + " bridge.outbox.lossless-failover."
            + WAYS_OUT);
    Position later = position.from(position.covered(), stamp.at("FFFF/0")).toPosition();
    try (OutboxSource source = bridge.source(environment.url(), TestBridge.OWNER)) {
      assertThatThrownBy(() -> source.start(later))
          .isInstanceOf(ConfigException.class)
          .hasMessageMatching(
              "The database's WAL ends at [0-9A-F/]+, before FFFF/0 of the checkpoint: it was"
                  + " restored to an earlier state\\..*");
    }
  }

  @Test
  void shouldAcceptANewTimelineWhereNothingIsLostAndKnowItFromThenOn() throws SQLException {
    // Given
    bridge.start();
    OutboxPosition position = bridge.position();
    DatabaseStamp stamp = position.database();
    DatabaseStamp before = new DatabaseStamp(stamp.installation(), stamp.system(), 0, "FFFF/0");

    // When
    try (OutboxSource source = source("postgres", null, LOSSLESS)) {
      Position begun = source.start(position.from(position.covered(), before).toPosition());

      // Then
      assertThat(OutboxPosition.of(begun).database().timeline()).isEqualTo(1);
      bridge.moveTo(OutboxPosition.of(begun));
    }
    bridge.close();
    bridge.start();
  }

  @Test
  void shouldSayWhichRightsAreMissing() throws SQLException {
    // Given
    String role = environment.name() + "_nobody";
    database.run("create role " + role + " login password 'secret'");
    try {
      // When, Then
      try (OutboxSource source = source(role, "secret", OutboxConfig.byDefault())) {
        assertThatThrownBy(() -> source.start(null))
            .isInstanceOf(ConfigException.class)
            .hasMessage(
                "PostgreSQL at "
                    + address
                    + " does not let the bridge go on while beginning to read the outbox (ERROR:"
                    + " permission denied for schema puck). Run puck init; and grant puck_bridge to"
                    + " the bridge's role, if that is not the outbox's owner.");
        assertThat(source.problem().orElse("")).contains("permission denied for schema puck");

        // When, Then
        database.run("grant puck_bridge to " + role);
        source.start(null);
        source.claim();
        assertThat(source.problem()).isEmpty();
        database.run("revoke puck_bridge from " + role);
        assertThatThrownBy(() -> source.poll(Duration.ofSeconds(1)))
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining("does not let the bridge go on while reading the outbox");
      }
    } finally {
      database.run("drop owned by " + role, "drop role " + role);
    }
  }

  /** The schema knows better than we what is missing. */
  @Test
  void shouldSayWhatKeepsATableFromBeingRead() throws SQLException {
    // Given
    String role = environment.name() + "_owner";
    database.run(
        "create role " + role,
        "create table t (id int primary key)",
        "select puck.watch('t')",
        "alter function puck.starting_rows(integer, text, integer) owner to " + role,
        "grant usage on schema puck to " + role,
        "grant select on puck.watched to " + role,
        "grant execute on all functions in schema puck to " + role);
    try {
      bridge.start();

      // When, Then
      assertThatThrownBy(
              () -> {
                while (true) {
                  bridge.look();
                }
              })
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "PostgreSQL at "
                  + address
                  + " does not let the bridge go on while reading the outbox (ERROR: Table public.t: role "
                  + role
                  + " may not read it, which its starting state needs). Run: grant select on public.t to "
                  + role);
    } finally {
      bridge.close();
      database.run(
          "alter function puck.starting_rows(integer, text, integer) owner to postgres",
          "drop owned by " + role,
          "drop role " + role);
    }
  }

  private OutboxSource source(String user, @Nullable String password, OutboxConfig config) {
    return new OutboxSource(
        new Postgres(
            new PostgresConfig(
                environment.url(), user, password == null ? null : new Secret(password)),
            "test"),
        config,
        TestBridge.OWNER,
        false,
        new SnapshotRules(),
        Milestones.UNHEARD,
        new Heard());
  }

  private void refuses(@Nullable Position position, String message) {
    refuses(environment.url(), TestBridge.OWNER, position, message);
  }

  private void refuses(String url, OutboxOwner owner, @Nullable Position position, String message) {
    try (OutboxSource source = bridge.source(url, owner)) {
      assertThatThrownBy(() -> source.start(position))
          .isInstanceOf(ConfigException.class)
          .hasMessage(message);
      assertThat(source.problem()).contains(message);
    }
  }

  private static String address(String url) {
    return url.replaceAll("jdbc:postgresql://|\\?.*", "");
  }
}
