package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.bridge.config.OnGap;
import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.source.wal.WalInstaller;
import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.service.connection.PostgresConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While PostgreSQL is away nothing is lost, and its shutdown does not wait for the bridge. */
@ExtendWith(PuckExtension.class)
class WalOutageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ROUNDS = 3;
  private static final int ROWS = 2_000;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGoOnAfterPostgresWasAway(boolean killed, EmbeddedServers shared) throws Exception {
    try (EmbeddedServers own = EmbeddedServers.inTemporaryDirectory()) {
      // Given
      EmbeddedPostgres postgres = own.postgres();
      run(postgres, "create table t (id integer primary key)");
      install(postgres);
      BridgeSetup setup =
          new BridgeSetup(
                  "walout" + killed, postgres.url("postgres"), shared.kafka().bootstrapServers())
              .wal(
                  new WalConfig(null, "puck", OnGap.STOP, false, /* startingState= */ false, false))
              .table("public.t", "t");
      try (Bridge bridge = setup.start();
          TopicReader rows = setup.read("t")) {
        for (int round = 0; round < ROUNDS; round++) {
          // When
          int from = round * ROWS;
          run(
              postgres,
              "insert into t select generate_series(%d, %d)".formatted(from, from + ROWS - 1));
          if (killed) {
            postgres.kill();
          } else {
            postgres.stop();
          }
          postgres.start();
        }

        // Then
        rows.awaitUntil(PATIENCE, read -> read.size() >= ROUNDS * ROWS);
        List<Event> events = rows.all();
        assertThat(events).hasSize(ROUNDS * ROWS);
        assertThat(events.stream().map(Event::key).collect(Collectors.toSet()))
            .isEqualTo(
                IntStream.range(0, ROUNDS * ROWS)
                    .mapToObj(id -> "{\"id\":" + id + "}")
                    .collect(Collectors.toSet()));
        assertThat(bridge.status().gaps()).isZero();
      }
    }
  }

  private static void install(EmbeddedPostgres postgres) throws SQLException {
    try (Connection connection = postgres.connect("postgres")) {
      PostgresConfig config = new PostgresConfig(postgres.url("postgres"), "postgres", null);
      for (String slot : List.of("puck_walouttrue", "puck_waloutfalse")) {
        new WalInstaller(connection, config, slot, "puck").install(List.of("t"), false);
      }
    }
  }

  private static void run(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
