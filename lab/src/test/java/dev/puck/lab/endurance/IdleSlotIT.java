package dev.puck.lab.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.Bridge;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.Delivery;
import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.config.TopicsConfig;
import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.source.wal.WalInstaller;
import dev.puck.embedded.junit.Endurance;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.http.HttpConfig;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A slot of an idle database, beside a busy one in the same cluster, keeps no more of its WAL after
 * minutes than after one. That the slot is confirmed at all, {@code WalIdleIT} tells in seconds.
 */
@Endurance
@ExtendWith(PuckExtension.class)
class IdleSlotIT {
  private static final Duration DURATION = Duration.ofMinutes(5);
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();
  private static final double FACTOR = 1.5;
  private static final long MARGIN = 16 << 20;

  @Test
  void shouldHoldBackNoMoreAndMore(TestEnvironment environment)
      throws SQLException, InterruptedException {
    String slot = environment.name() + "_slot";
    try (Connection idle = environment.connect();
        Connection other = environment.connect(environment.newDatabase());
        Statement busy = other.createStatement()) {
      // Given
      PostgresConfig postgres = new PostgresConfig(environment.url(), environment.user(), null);
      new WalInstaller(idle, postgres, slot, "puck").install(List.of(), /* full= */ false);
      busy.execute("create table busy (n integer, text text)");
      Trend retained = new Trend();
      long begun = System.nanoTime();
      try (Bridge bridge = Bridge.start(config(environment, postgres), kafka(environment))) {
        // When
        while (System.nanoTime() - begun < DURATION.toNanos()) {
          busy.execute("insert into busy select n, 'busy' from generate_series(1, 2000) as n");
          retained.add((System.nanoTime() - begun) / 1e9, retained(idle, slot));
          LockSupport.parkNanos(PAUSE_NANOS);
        }
        assertThat(bridge.status().gaps()).isZero();
      } finally {
        drop(idle, slot);
      }

      // Then
      System.out.printf(
          "Idle for %d s: at most %s of WAL kept, %s in the second fifth, %s in the last%n",
          DURATION.toSeconds(),
          Trend.mebibytes(retained.max()),
          Trend.mebibytes(retained.maxEarly()),
          Trend.mebibytes(retained.maxLate()));
      assertThat(retained.maxLate()).isLessThan((long) (FACTOR * retained.maxEarly()) + MARGIN);
    }
  }

  private static BridgeConfig config(TestEnvironment environment, PostgresConfig postgres) {
    return new BridgeConfig(
        environment.name(),
        postgres,
        SourceType.WAL,
        Delivery.EXACTLY_ONCE,
        OutboxConfig.byDefault(),
        new WalConfig(
            environment.name() + "_slot",
            "puck",
            WalConfig.byDefault().onGap(),
            /* losslessFailover= */ false,
            /* startingState= */ true,
            false),
        new TopicsConfig(environment.topicPrefix(), 1, -1),
        List.of(),
        4 << 20,
        Duration.ofSeconds(10),
        new HttpConfig("127.0.0.1", 0, null));
  }

  private static KafkaConfig kafka(TestEnvironment environment) {
    return new KafkaConfig(environment.bootstrapServers(), Map.of());
  }

  private static long retained(Connection connection, String slot) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint"
                    + " from pg_replication_slots where slot_name = '"
                    + slot
                    + "'")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Whoever reads it is just ending. */
  private static void drop(Connection connection, String slot) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String ours = " from pg_replication_slots where slot_name = '" + slot + "'";
      statement.execute(
          "select pg_terminate_backend(active_pid, 5000)" + ours + " and active_pid is not null");
      statement.execute("select pg_drop_replication_slot(slot_name)" + ours);
    }
  }
}
