package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.Bridge;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.Delivery;
import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.config.RouteConfig;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.config.TopicsConfig;
import dev.puck.bridge.config.WalConfig;
import dev.puck.embedded.junit.Endurance;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.lab.tweet.SqlScript;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.http.HttpConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The summary's promise: whatever happens to its consumers, it is exact. */
@Endurance
@ExtendWith(PuckExtension.class)
class ConsumerKillIT {
  private static final int KILLS = 4;
  private static final int MESSAGES = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String EVENTS = "select coalesce(sum(abs(rts)), 0) from twcache.counters";

  @TempDir private Path directory;

  @Test
  void shouldKeepTheSummaryExactThroughFourKills(TestEnvironment environment) throws Exception {
    // Given
    long seed = System.nanoTime();
    String downstream = environment.newDatabase();
    String source = environment.newDatabase();
    Path log = directory.resolve("consumer.log");
    Path config = writeConfig(environment, downstream);
    try (Connection sourceConnection = environment.connect(source);
        Connection downstreamConnection = environment.connect(downstream)) {
      prepare(sourceConnection, downstreamConnection);
      try (Bridge bridge = Bridge.start(bridgeConfig(environment, source), kafka(environment))) {
        // When
        try (Retweeter retweeter = new Retweeter(environment, source, new Random(seed))) {
          for (int kill = 0; kill < KILLS; kill++) {
            killOnceItWorked(config, log, downstreamConnection);
          }
          assertThat(retweeter.written()).as("enough to be worth it").isGreaterThan(500);
        }
        // Then
        try (PuckProcess last = PuckProcess.start(log, "consume", "--config", config.toString())) {
          List<String> truth = rows(sourceConnection, truth());
          await()
              .atMost(PATIENCE)
              .untilAsserted(
                  () ->
                      assertThat(rows(downstreamConnection, summary()))
                          .as("seed %d", seed)
                          .isEqualTo(truth));
          assertThat(last.terminate()).as(last::output).isEqualTo(ExitCode.OK);
          assertThat(rows(downstreamConnection, summary())).isEqualTo(truth);
        }
        assertThat(bridge.status().gaps()).isZero();
      }
    }
  }

  /** Only a process that has applied something since it started is worth killing. */
  private void killOnceItWorked(Path config, Path log, Connection downstream)
      throws IOException, InterruptedException, SQLException {
    List<String> before = rows(downstream, EVENTS);
    try (PuckProcess consumer = PuckProcess.start(log, "consume", "--config", config.toString())) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                assertThat(consumer.isRunning()).as(consumer::output).isTrue();
                return !rows(downstream, EVENTS).equals(before);
              });
      consumer.kill();
    }
  }

  private static void prepare(Connection source, Connection downstream) throws SQLException {
    SqlScript.load("/sql/tweet/schema.sql").run(source);
    SqlScript.load("/sql/tweet/message_with_counters.sql").run(source);
    SqlScript.load("/sql/tweet/notify.sql").run(source);
    SqlScript.load("/sql/cache/counters.sql").run(downstream);
    try (Statement statement = source.createStatement()) {
      statement.execute("insert into tweet.users (uname) values ('Puck')");
      statement.execute(
          "insert into tweet.message (userid, message) select 1, 'm' from generate_series(1, "
              + MESSAGES
              + ")");
    }
  }

  private static String truth() {
    return "select messageid || ' ' || rts || ' ' || favs from tweet.message_with_counters"
        + " where rts <> 0 or favs <> 0 order by messageid";
  }

  private static String summary() {
    return "select messageid || ' ' || rts || ' ' || favs from twcache.counters"
        + " where rts <> 0 or favs <> 0 order by messageid";
  }

  private static List<String> rows(Connection connection, String query) throws SQLException {
    List<String> rows = new java.util.ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  private static BridgeConfig bridgeConfig(TestEnvironment environment, String source) {
    return new BridgeConfig(
        environment.name(),
        new PostgresConfig(environment.url(source), environment.user(), null),
        SourceType.NOTIFY,
        Delivery.EXACTLY_ONCE,
        OutboxConfig.byDefault(),
        WalConfig.byDefault(),
        new TopicsConfig(environment.topicPrefix(), 3, -1),
        List.of(RouteConfig.ofChannel("tweet.activity", null, "/messageid")),
        1 << 24,
        Duration.ofSeconds(1),
        new HttpConfig("127.0.0.1", 0, null));
  }

  private static KafkaConfig kafka(TestEnvironment environment) {
    return new KafkaConfig(environment.bootstrapServers(), Map.of());
  }

  private Path writeConfig(TestEnvironment environment, String downstream) throws IOException {
    Files.copy(
        Project.root().resolve("sql/summary/counters.sql"), directory.resolve("counters.sql"));
    return Files.writeString(
        directory.resolve("puck.yaml"),
        """
        kafka:
          bootstrap-servers: %s
          properties:
            session.timeout.ms: 1500
            heartbeat.interval.ms: 300
        consumer:
          name: %s
          postgres:
            url: %s
            user: postgres
          summaries:
            - name: counters
              topics: [%stweet.activity]
              target: twcache.counters
              statement-file: counters.sql
        """
            .formatted(
                environment.bootstrapServers(),
                environment.name(),
                environment.url(downstream),
                environment.topicPrefix()));
  }
}
