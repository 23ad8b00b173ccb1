package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.bridge.config.OnGap;
import dev.puck.embedded.EmbeddedConfig;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.ServerConfig;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the WAL does not have what the bridge needs it says so, with the value and the fix. */
@ExtendWith(PuckExtension.class)
class WalRefusalIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void shouldWantASlotAndAPublication(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment)) {
      assertThat(refusal(database.setup()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("There is no publication 'puck' in ")
          .hasMessageContaining("puck init --source wal");
      database.run("create publication puck");
      assertThat(refusal(database.setup()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("There is no replication slot '" + database.slot() + "'");
      database.run(
          "select pg_create_logical_replication_slot('" + database.slot() + "', 'test_decoding')");
      assertThat(refusal(database.setup()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("has the output plugin 'test_decoding'; Puck reads pgoutput.");
    }
  }

  @Test
  void shouldSayThatTheSlotWasDropped(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment)) {
      // Given
      relayOne(database, database.setup());

      // When
      database.dropSlot();

      // Then
      assertThat(refusal(database.setup()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("are lost: slot '" + database.slot() + "' is gone")
          .hasMessageContaining("puck checkpoint reset --from earliest");

      // When
      database.install();

      // Then
      assertThat(refusal(database.setup()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("slot '" + database.slot() + "' is ahead of the checkpoint");
    }
  }

  @Test
  void shouldSayThatTheSlotIsAhead(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment)) {
      // Given
      relayOne(database, database.setup());
      database.run(
          "insert into t values (2)",
          "select pg_replication_slot_advance('" + database.slot() + "', pg_current_wal_lsn())");

      // Then
      assertThat(refusal(database.setup()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("is ahead of the checkpoint: it was confirmed up to ")
          .hasMessageContaining("bridge.wal.on-gap");
    }
  }

  @Test
  void shouldGoOnAsAnOperatorDecides(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment)) {
      // Given
      BridgeSetup setup = database.setup().table("public.t", "t");
      relayOne(database, setup);
      database.dropSlot();
      CheckpointOperator operator = new CheckpointOperator(setup.config(), setup.kafka());
      assertThat(catchThrowable(() -> operator.reset(CheckpointOperator.From.EARLIEST)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("There is no slot '" + database.slot() + "'");
      database.install();
      database.run("insert into t values (2)");

      // When
      operator.reset(CheckpointOperator.From.EARLIEST);
      operator.adopt();

      // Then
      try (Bridge bridge = setup.start()) {
        await().atMost(PATIENCE).until(() -> bridge.status().published() == 1);
      }

      // When
      database.run("insert into t values (3)");
      operator.reset(CheckpointOperator.From.NOW);
      database.run("insert into t values (4)");

      // Then
      try (Bridge bridge = setup.start();
          TopicReader rows = setup.read("t")) {
        assertThat(rows.awaitUntil(PATIENCE, read -> read.size() >= 3))
            .extracting(Event::key)
            .containsExactlyInAnyOrder("{\"id\":1}", "{\"id\":2}", "{\"id\":4}");
        assertThat(bridge.status().gaps()).isZero();
      }
    }
  }

  @Test
  void shouldPublishAGapAndGoOnWhereConfigured(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment)) {
      // Given
      BridgeSetup setup = database.setup(OnGap.RESYNC).table("public.t", "t");
      relayOne(database, setup);
      database.dropSlot();
      database.run("insert into t values (2)");

      // When
      try (Bridge bridge = setup.start();
          TopicReader rows = setup.read("t")) {
        await().atMost(PATIENCE).until(() -> bridge.status().gaps() == 1);
        database.run("insert into t values (3)");

        // Then
        rows.awaitMessages(2);
        assertThat(rows.gaps()).hasSize(3);
        assertThat(rows.gaps().get(0).value()).contains("is gone");
        assertThat(rows.messages())
            .extracting(Event::key)
            .containsExactlyInAnyOrder("{\"id\":1}", "{\"id\":3}");
      }
      try (Bridge again = setup.start()) {
        database.run("insert into t values (4)");
        await().atMost(PATIENCE).until(() -> again.status().published() == 1);
        assertThat(again.status().gaps()).isZero();
      }
    }
  }

  @Test
  void shouldGoOnWhereTheSlotWasDroppedMeanwhile(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment)) {
      // Given
      database.run("create table t (id integer primary key)");
      database.install("t");
      BridgeSetup setup = database.setup(OnGap.RESYNC).table("public.t", "t");
      try (Bridge bridge = setup.start();
          TopicReader rows = setup.read("t")) {
        database.run("insert into t values (1)");
        rows.awaitMessages(1);

        // When
        await().atMost(PATIENCE).ignoreExceptions().until(() -> dropped(database));
        await().atMost(PATIENCE).until(() -> bridge.status().gaps() == 1);
        database.run("insert into t values (2)");

        // Then
        assertThat(rows.awaitMessages(2)).extracting(Event::key).contains("{\"id\":2}");
      }
    }
  }

  @Test
  void shouldWaitForASlotThatSomebodyElseReads(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment)) {
      // Given
      database.run("create table t (id integer primary key)");
      database.install("t");
      BridgeSetup setup = database.setup().table("public.t", "t");
      try (Bridge bridge = setup.start()) {
        // When
        BridgeSetup other = database.setup().name("other").table("public.t", "t");

        // Then
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(refusal(other))
                        .isInstanceOf(TransientException.class)
                        .hasMessageContaining("is active for PID"));
        assertThat(bridge.status().source()).isEqualTo("wal");
      }
    }
  }

  @Test
  void shouldWantLogicalWal(TestEnvironment environment, EmbeddedServers shared) throws Exception {
    ServerConfig config = ServerConfig.defaults().withSetting("wal_level", "replica");
    try (EmbeddedServers own =
        EmbeddedServers.inTemporaryDirectory(EmbeddedConfig.defaults().withPostgres(config))) {
      try (WalDatabase database = new WalDatabase(environment)) {
        BridgeSetup setup = database.setup().url(own.postgres().url("postgres"));
        assertThat(refusal(setup))
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining("wal_level is 'replica' on 127.0.0.1:")
            .hasMessageContaining("Set wal_level = logical and restart PostgreSQL");
      }
    }
    assertThat(shared).isNotNull();
  }

  /** Before its reader is back. */
  private static boolean dropped(WalDatabase database) throws Exception {
    database.run(
        """
        do $$ begin
          perform pg_terminate_backend(active_pid, 5000) from pg_replication_slots
            where slot_name = '%1$s' and active_pid is not null;
          perform pg_drop_replication_slot('%1$s');
        end $$
        """
            .formatted(database.slot()));
    return true;
  }

  private static void relayOne(WalDatabase database, BridgeSetup setup) throws Exception {
    database.run("create table t (id integer primary key)");
    database.install("t");
    try (Bridge bridge = setup.start()) {
      database.run("insert into t values (1)");
      await().atMost(PATIENCE).until(() -> bridge.status().published() == 1);
    }
  }

  private static Throwable refusal(BridgeSetup setup) {
    return catchThrowable(
        () -> {
          try (Bridge bridge = setup.start()) {
            assertThat(List.of(bridge.url())).isEmpty();
          }
        });
  }
}
