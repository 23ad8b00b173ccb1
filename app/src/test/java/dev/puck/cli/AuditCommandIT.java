package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.Bridge;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.Delivery;
import dev.puck.bridge.config.OnGap;
import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.config.RouteConfig;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.config.TopicsConfig;
import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.consumer.Projector;
import dev.puck.consumer.config.CacheConfig;
import dev.puck.consumer.config.ConsumerConfig;
import dev.puck.consumer.config.ReducerConfig;
import dev.puck.consumer.config.StoreKind;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.event.Tokens;
import dev.puck.lab.tweet.MessageCounters;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.http.HttpConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code puck audit}, with a bridge that publishes the outbox while a writer is busy. */
@ExtendWith(PuckExtension.class)
@Timeout(180)
class AuditCommandIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestEnvironment environment;
  private volatile boolean over;

  AuditCommandIT(TestEnvironment environment) {
    this.environment = environment;
  }

  @Test
  void shouldTellByItsExitCodeWhetherAnythingDrifted() throws Exception {
    // Given
    try (Connection connection = environment.connect()) {
      new SchemaInstaller(connection).install();
      run(connection, "create table activity (messageid bigint, rts bigint)");
    }
    try (Bridge bridge = Bridge.start(bridgeConfig(), kafka());
        Projector consumer = Projector.start(consumerConfig(), kafka())) {
      CompletableFuture<Void> writer = CompletableFuture.runAsync(this::write);
      await().atMost(PATIENCE).until(consumer::isReady);

      // When
      CommandRun before = audit(consumer, "counters");
      publishWhatNobodyDid();
      await().atMost(PATIENCE).until(() -> consumer.reducer("counters").get("77") != null);
      CommandRun found = audit(consumer, "counters");
      CommandRun repaired = audit(consumer, "counters", "--repair", "--json");
      CommandRun after = audit(consumer, "counters");
      CommandRun cache = audit(consumer, "latest", "--repair");
      CommandRun sample = audit(consumer, "latest", "--sample", "3", "--seed", "7");

      // Then
      assertThat(before.exitCode()).as("%s", before).isEqualTo(ExitCode.OK);
      assertThat(before.out()).contains("reducer/counters: all of ").doesNotContain("inexact");
      assertThat(found.exitCode()).as("%s", found).isEqualTo(ExitCode.FAILURE);
      assertThat(found.out()).contains("first key: 77", "\"rts\":5", "truth:     nothing");
      assertThat(repaired.exitCode()).as("%s", repaired).isEqualTo(ExitCode.FAILURE);
      assertThat(repaired.out()).contains("\"repaired\" : true", "\"divergent\" : 1");
      assertThat(after.exitCode()).as("%s", after).isEqualTo(ExitCode.OK);
      assertThat(cache.exitCode()).as("%s", cache).isEqualTo(ExitCode.FAILURE);
      assertThat(cache.out())
          .contains("(1 of ", "first key: 77", "truth:     nothing", "put right");
      assertThat(sample.exitCode()).as("%s", sample).isEqualTo(ExitCode.OK);
      assertThat(sample.out()).contains("A sample of 3 keys, chosen by --seed 7.");
      assertThat(audit(consumer, "counters", "--sample", "3").exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(audit(consumer, "elsewhere").exitCode()).isEqualTo(ExitCode.USAGE);
      over = true;
      writer.join();
      assertThat(bridge.status().gaps()).isZero();
    } finally {
      over = true;
    }
  }

  private static CommandRun audit(Projector consumer, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "audit";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--url";
    all[arguments.length + 2] = consumer.url();
    return CommandRun.of(all);
  }

  private void write() {
    try (Connection connection = environment.connect()) {
      connection.setAutoCommit(false);
      for (int i = 0; !over; i++) {
        int message = 1 + i % 7;
        run(connection, "insert into activity values (" + message + ", 1)");
        publish(connection, message, 1);
        connection.commit();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void publishWhatNobodyDid() throws SQLException {
    try (Connection connection = environment.connect()) {
      publish(connection, 77, 5);
    }
  }

  private static void publish(Connection connection, int message, int rts) throws SQLException {
    run(
        connection,
        "select puck.publish('activity', '{\"messageid\":%1$d,\"rts\":%2$d,\"favs\":0}'::json, '%1$d')"
            .formatted(message, rts));
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String topic() {
    return environment.topicPrefix() + "activity";
  }

  private PostgresConfig postgres() {
    return new PostgresConfig(environment.url(), environment.user(), null);
  }

  private KafkaConfig kafka() {
    return new KafkaConfig(environment.bootstrapServers(), Map.of());
  }

  private BridgeConfig bridgeConfig() {
    return new BridgeConfig(
        environment.name(),
        postgres(),
        SourceType.OUTBOX,
        Delivery.EXACTLY_ONCE,
        OutboxConfig.byDefault(),
        new WalConfig(environment.name(), "puck", OnGap.STOP, false, true, false),
        new TopicsConfig(environment.topicPrefix(), 3, -1),
        List.of(new RouteConfig("activity", null, null, null, null)),
        1 << 24,
        Duration.ofSeconds(1),
        new HttpConfig("127.0.0.1", 0, null));
  }

  private ConsumerConfig consumerConfig() {
    String truth =
        """
        select messageid::text as key,
               jsonb_build_object('messageid', messageid, 'rts', sum(rts), 'favs', 0) as value
          from activity
         group by messageid
        """;
    String latest =
        """
        select distinct messageid::text as key,
               jsonb_build_object('messageid', messageid, 'rts', 1, 'favs', 0) as value
          from activity
        """;
    return new ConsumerConfig(
        environment.name(),
        null,
        postgres(),
        null,
        List.of(
            new CacheConfig(
                "latest",
                List.of(topic()),
                StoreKind.MEMORY,
                "{key}",
                null,
                Duration.ofHours(1),
                latest)),
        List.of(
            new ReducerConfig(
                "counters", List.of(topic()), MessageCounters.class.getName(), null, null, truth)),
        List.of(),
        environment.topicPrefix() + Tokens.CHANNEL,
        null,
        new HttpConfig("127.0.0.1", 0, null));
  }
}
