package dev.puck.cli.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import dev.puck.event.EventHeaders;
import dev.puck.event.EventKind;
import dev.puck.event.GapEvent;
import dev.puck.event.Tokens;
import dev.puck.lab.tweet.MessageCounters;
import dev.puck.lab.tweet.SqlScript;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.http.HttpConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A bridge and a consumer that have something of everything that the console shows. */
final class Scene implements AutoCloseable {
  /** What nobody may take for markup. */
  static final String HOSTILE = "<img src=x onerror=document.title='hacked'>";

  /** A port that only root may open. */
  static final String UNREACHABLE = "http://127.0.0.1:1";

  /** New Year: never while a test runs. */
  private static final String NEVER = "0 0 1 1 *";

  private static final String TRUTH =
      """
      select messageid::text as key,
             jsonb_build_object('messageid', messageid, 'rts', sum(rts), 'favs', 0) as value
        from activity
       group by messageid
      """;

  private static final JsonMapper JSON = JsonMapper.builder().build();

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

  void publish(String payload, @Nullable String key) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select puck.publish('activity', ?::text, ?)")) {
      statement.setString(1, payload);
      statement.setString(2, key);
      statement.execute();
    }
  }

  /** Something may have been lost on New Year; the reason is the gap's identity, too. */
  void gap(String reason) throws Exception {
    Instant from = Instant.parse("2026-01-01T10:00:00Z");
    GapEvent gap = new GapEvent("notify", from, from.plusSeconds(5), reason, List.of("activity"));
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic(), 0, bytes(GapEvent.KEY), gap.toJson());
    record.headers().add(EventHeaders.KIND, bytes(EventKind.GAP.text()));
    record.headers().add(EventHeaders.ID, bytes(reason));
    Map<String, Object> properties = Map.of("bootstrap.servers", environment.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(record).get();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What the consumer says of a job, to whom asks it without the console. */
  JsonNode job(String name) throws IOException {
    try (InputStream answer = URI.create(consumer.url() + "/jobs/" + name).toURL().openStream()) {
      return JSON.readTree(answer);
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
        new HttpConfig("127.0.0.1", 0, null, false, List.of(bridge.url(), UNREACHABLE)));
  }

  private static JobConfig job(String name, String sql) {
    return new JobConfig(name, null, sql, null, NEVER, Duration.ofMinutes(15), 10);
  }

  private static HttpConfig http() {
    return new HttpConfig("127.0.0.1", 0, null);
  }
}
