package dev.puck.cli.console;

import dev.puck.bridge.Bridge;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.Delivery;
import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.config.RouteConfig;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.config.TopicsConfig;
import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.consumer.Projector;
import dev.puck.consumer.config.ConsumerConfig;
import dev.puck.consumer.config.JobConfig;
import dev.puck.consumer.config.ReducerConfig;
import dev.puck.consumer.config.SummaryConfig;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.event.Tokens;
import dev.puck.lab.tweet.MessageCounters;
import dev.puck.lab.tweet.SqlScript;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.http.HttpConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A bridge and a consumer that have something of everything that the console shows. */
final class Scene implements AutoCloseable {
  /** What nobody may take for markup. */
  static final String HOSTILE = "<img src=x onerror=document.title='hacked'>";

  /** New Year: never while a test runs. */
  private static final String NEVER = "0 0 1 1 *";

  private static final String TRUTH =
      """
      select messageid::text as key,
             jsonb_build_object('messageid', messageid, 'rts', sum(rts), 'favs', 0) as value
        from activity
       group by messageid
      """;

  private final TestEnvironment environment;
  private final Connection connection;
  private final Bridge bridge;
  private final Projector consumer;

  Scene(TestEnvironment environment) throws Exception {
    this.environment = environment;
    this.connection = environment.connect();
    new SchemaInstaller(connection).install();
    run("create table activity (messageid bigint, rts bigint)");
    SqlScript.load("/sql/cache/counters.sql").run(connection);
    this.bridge = Bridge.start(bridgeConfig(), kafka());
    this.consumer = Projector.start(consumerConfig(), kafka());
  }

  Bridge bridge() {
    return bridge;
  }

  Projector consumer() {
    return consumer;
  }

  /** Somebody retweets; the truth and the events tell it. */
  void retweet(long message) throws SQLException {
    connection.setAutoCommit(false);
    run("insert into activity values (" + message + ", 1)");
    publish("{\"messageid\":%d,\"rts\":1,\"favs\":0}".formatted(message), Long.toString(message));
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** What no projection can apply. */
  void publishNonsense() throws SQLException {
    publish(HOSTILE, HOSTILE);
  }

  void publish(String payload, String key) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select puck.publish('activity', ?::text, ?)")) {
      statement.setString(1, payload);
      statement.setString(2, key);
      statement.execute();
    }
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    consumer.close();
    bridge.close();
    connection.close();
  }

  String topic() {
    return environment.topicPrefix() + "activity";
  }

  private KafkaConfig kafka() {
    return new KafkaConfig(environment.bootstrapServers(), Map.of());
  }

  private PostgresConfig postgres() {
    return new PostgresConfig(environment.url(), environment.user(), null);
  }

  private BridgeConfig bridgeConfig() {
    return new BridgeConfig(
        environment.name(),
        postgres(),
        SourceType.OUTBOX,
        Delivery.EXACTLY_ONCE,
        OutboxConfig.byDefault(),
        WalConfig.byDefault(),
        new TopicsConfig(environment.topicPrefix(), 3, -1),
        List.of(new RouteConfig("activity", null, null, null, null)),
        1 << 24,
        Duration.ofSeconds(1),
        http());
  }

  private ConsumerConfig consumerConfig() {
    return new ConsumerConfig(
        environment.name(),
        postgres(),
        postgres(),
        null,
        List.of(),
        List.of(
            new ReducerConfig(
                "counters", List.of(topic()), MessageCounters.class.getName(), null, null, TRUTH)),
        List.of(
            new SummaryConfig(
                "counters",
                List.of(topic()),
                "twcache.counters",
                SqlScript.load("/sql/summary/counters.sql").sql(),
                null,
                null)),
        List.of(
            job("nap", "select pg_sleep(600)"),
            job("tidy", "delete from activity where messageid < 0"),
            job("broken", "select \"" + HOSTILE + "\"")),
        environment.topicPrefix() + Tokens.CHANNEL,
        null,
        http());
  }

  private static JobConfig job(String name, String sql) {
    return new JobConfig(name, null, sql, null, NEVER, Duration.ofMinutes(15), 10);
  }

  private static HttpConfig http() {
    return new HttpConfig("127.0.0.1", 0, null);
  }
}
