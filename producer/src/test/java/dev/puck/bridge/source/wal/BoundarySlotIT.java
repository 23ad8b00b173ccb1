package dev.puck.bridge.source.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.source.Boundary;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What comes before a slot, and what after it. */
@ExtendWith(PuckExtension.class)
class BoundarySlotIT {
  private final TestEnvironment environment;
  private final Connection observer;
  private final BoundarySlot slot;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  BoundarySlotIT(TestEnvironment environment) throws SQLException {
    this.environment = environment;
    this.observer = environment.connect();
    this.slot =
        BoundarySlot.connect(
            new Postgres(new PostgresConfig(environment.url(), "postgres", null), "test"));
  }

  @AfterEach
  void close() throws SQLException {
    slot.close();
    observer.close();
    thread.shutdown();
  }

  /**
   * Making one waits for {@code first}, then for {@code second}; {@code late} ends in between. As
   * {@code open} goes on, PostgreSQL's text of the snapshot has an xmin above its xmax.
   */
  @Test
  void shouldSeeWhatEndedWhileItWasMade() throws Exception {
    try (Connection first = begin();
        Connection second = begin();
        Connection late = begin();
        Connection open = begin()) {
      // Given
      long firstId = writes(first);
      Future<Boundary> making =
          thread.submit(() -> slot.makeTemporary(environment.name() + "_slot"));
      awaitWaitingFor(firstId);
      long secondId = writes(second);
      long lateId = writes(late);
      late.commit();
      first.commit();
      awaitWaitingFor(secondId);
      long openId = writes(open);
      second.commit();

      // When
      Boundary boundary = making.get(20, TimeUnit.SECONDS);

      // Then
      assertThat(boundary.snapshot().sees(firstId)).isTrue();
      assertThat(boundary.snapshot().sees(secondId)).isTrue();
      assertThat(boundary.snapshot().sees(lateId)).isTrue();
      assertThat(boundary.snapshot().sees(openId)).isFalse();
    }
  }

  private Connection begin() throws SQLException {
    Connection connection = environment.connect();
    connection.setAutoCommit(false);
    return connection;
  }

  private static long writes(Connection connection) throws SQLException {
    return Query.one(
        connection, "select pg_current_xact_id()::text::bigint", row -> row.getLong(1));
  }

  private void awaitWaitingFor(long xid) {
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () ->
                Query.one(
                    observer,
                    "select count(*) from pg_locks where not granted"
                        + " and transactionid = (?::bigint & 4294967295)::text::xid",
                    row -> row.getLong(1) > 0,
                    Long.toString(xid)));
  }
}
