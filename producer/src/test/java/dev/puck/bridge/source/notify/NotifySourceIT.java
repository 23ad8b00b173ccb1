package dev.puck.bridge.source.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.Gap;
import dev.puck.bridge.source.Message;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.retry.TransientException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class NotifySourceIT {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String TERMINATE =
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
          + " where datname = current_database() and application_name = 'source'";

  private Instant now = START;

  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

  @Test
  void shouldHandOverABacklogInParts(TestEnvironment environment) throws SQLException {
    // Given
    int count = 200_000;
    try (NotifySource source = source(environment);
        Connection connection = environment.connect();
        Statement statement = connection.createStatement()) {
      source.start(null);

      // When
      statement.execute("select count(pg_notify('c', i::text)) from generate_series(1, 200000) i");
      List<String> received = new ArrayList<>();
      int largest = 0;
      while (received.size() < count) {
        Batch batch = source.poll(PATIENCE);
        batch.changes().forEach(each -> received.add(String.valueOf(((Message) each).payload())));
        largest = Math.max(largest, batch.changes().size());
      }

      // Then
      assertThat(received).hasSize(count).first().isEqualTo("1");
      for (int i = 0; i < count; i++) {
        assertThat(received.get(i)).isEqualTo(Integer.toString(i + 1));
      }
      assertThat(largest).isLessThan(20_000);
    }
  }

  /** PostgreSQL may have waited long for us to read; then what it holds is much older. */
  @Test
  void shouldNotTakeAnArrivalForProofThatNothingElseWaits(TestEnvironment environment)
      throws SQLException {
    // Given
    try (NotifySource source = source(environment);
        Connection connection = environment.connect();
        Statement statement = connection.createStatement()) {
      source.start(null);
      statement.execute(
          "select count(pg_notify('c', i || repeat('x', 7900))) from generate_series(1, 5000) i");

      // When
      now = START.plusSeconds(60);
      Batch first = source.poll(PATIENCE);
      statement.execute(TERMINATE);
      drainUntilLost(source);

      // Then
      assertThat(first.changes()).isNotEmpty();
      assertThat(first.through()).isEqualTo(START);
      assertThat(source.problem()).contains("the connection to PostgreSQL was lost");
      Change change = source.poll(PATIENCE).changes().get(0);
      assertThat(change).isInstanceOf(Gap.class);
      assertThat(((Gap) change).from()).isBefore(START);
      assertThat(((Gap) change).to()).isEqualTo(now);
      assertThat(source.problem()).isEmpty();
    }
  }

  private static void drainUntilLost(NotifySource source) {
    assertThatThrownBy(
            () -> {
              while (true) {
                source.poll(PATIENCE);
              }
            })
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("failed while waiting for notifications");
  }

  private NotifySource source(TestEnvironment environment) {
    PostgresConfig config = new PostgresConfig(environment.url(), environment.user(), null);
    return new NotifySource(new Postgres(config, "source"), List.of("c"), clock);
  }
}
