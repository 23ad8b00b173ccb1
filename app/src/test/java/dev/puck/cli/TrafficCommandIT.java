package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The demo's crowd on a database of somebody's own. */
@ExtendWith(PuckExtension.class)
class TrafficCommandIT {
  private static final String WRITTEN = "select count(*) from tweet.activity";

  private final TestEnvironment environment;
  @TempDir private Path directory;

  TrafficCommandIT(TestEnvironment environment) {
    this.environment = environment;
  }

  @Test
  void shouldWriteUntilItIsStopped() throws Exception {
    // Given
    ConfiguredDatabase database =
        new ConfiguredDatabase(directory, environment.url(), environment.user());
    assertThat(database.puck("traffic", "--prepare").err()).contains("Run: puck init");
    assertThat(database.puck("init").exitCode()).isZero();
    Path config = directory.resolve(environment.user() + ".yaml");

    for (int round = 1; round <= 2; round++) {
      long before = round == 1 ? 0 : count(database, WRITTEN);
      try (PuckProcess traffic =
          PuckProcess.start(
              directory.resolve("log"),
              "traffic",
              "--in-place",
              "--rate",
              "200",
              "--config",
              config.toString())) {
        // When
        await()
            .atMost(Duration.ofSeconds(60))
            .ignoreExceptions()
            .until(() -> count(database, WRITTEN) > before + 50);
        // Then
        assertThat(traffic.terminate()).as(traffic.output()).isZero();
        assertThat(traffic.output()).contains("The crowd has gone home");
      }
      assertThat(count(database, "select count(*) from tweet.message")).isEqualTo(1_138);
    }
    assertThat(database.column("select id::text from puck.outbox limit 1")).isNotEmpty();
    assertThat(
            count(
                database,
                """
                select count(*) from tweet.message_with_counters as counted
                  join tweet.message using (messageid)
                 where (counted.rts, counted.favs) <> (message.rts, message.favs)
                """))
        .isZero();
  }

  private static long count(ConfiguredDatabase database, String sql) throws Exception {
    return Long.parseLong(database.column(sql).get(0));
  }
}
