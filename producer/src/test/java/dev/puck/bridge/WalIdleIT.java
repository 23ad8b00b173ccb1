package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bridge with nothing to do must not keep PostgreSQL from removing WAL. */
@ExtendWith(PuckExtension.class)
class WalIdleIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void shouldConfirmWhatOthersWrite(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment);
        Connection other = environment.connect(environment.newDatabase());
        Statement busy = other.createStatement()) {
      // Given
      busy.execute("create table busy (n integer)");
      database.run("create table t (id integer primary key)");
      database.install("t");
      BridgeSetup setup =
          database.setup().table("public.t", "t").checkpointInterval(Duration.ofMillis(500));
      try (Bridge bridge = setup.start()) {
        for (int round = 0; round < 3; round++) {
          // When
          String before = database.ask("select pg_current_wal_lsn()");
          busy.execute("insert into busy select generate_series(1, 10000)");
          String after = database.ask("select pg_current_wal_lsn()");

          // Then
          assertThat(database.ask("select '" + after + "'::pg_lsn > '" + before + "'"))
              .isEqualTo("t");
          await()
              .atMost(PATIENCE)
              .until(
                  () ->
                      database
                          .ask("select '" + database.confirmed() + "'::pg_lsn >= '" + after + "'")
                          .equals("t"));
        }
        assertThat(bridge.status().published()).isZero();
      }

      // When
      database.run("insert into t values (1)");
      try (Bridge again = setup.start()) {
        // Then
        await().atMost(PATIENCE).until(() -> again.status().published() == 1);
        assertThat(again.status().gaps()).isZero();
      }
    }
  }

  @Test
  void shouldConfirmNothingThatKafkaDoesNotHave(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment)) {
      // Given
      database.run("create table t (id integer primary key)");
      database.install("t");
      String begun = database.confirmed();
      BridgeSetup setup =
          database.setup().table("public.t", "t").checkpointInterval(Duration.ofHours(1));
      try (Bridge bridge = setup.start()) {
        // When
        database.run("select pg_logical_emit_message(true, 'other', 'x')");
        await().atMost(PATIENCE).until(() -> bridge.status().received() == 0);

        // Then
        assertThat(database.confirmed()).isEqualTo(begun);
        database.run("insert into t values (1)");
        String after = database.ask("select pg_current_wal_lsn()");
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    database
                        .ask("select '" + database.confirmed() + "'::pg_lsn > '" + begun + "'")
                        .equals("t"));
        assertThat(database.ask("select '" + database.confirmed() + "'::pg_lsn <= '" + after + "'"))
            .isEqualTo("t");
      }
    }
  }
}
