package dev.puck.bridge;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.Delivery;
import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.config.RouteConfig;
import dev.puck.bridge.config.RowFormat;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.config.TopicsConfig;
import dev.puck.bridge.config.WalConfig;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.config.Secret;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.http.HttpConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bridge's settings as the tests vary them. */
final class BridgeSetup {
  private final List<RouteConfig> routes = new ArrayList<>();
  private String name;
  private String prefix;
  private String url;
  private String user = "postgres";
  private @Nullable Secret password;
  private @Nullable String transactions;
  private String bootstrapServers;
  private Map<String, String> kafkaProperties = Map.of();
  private int partitions = 3;
  private long queueMaxBytes = 64 << 20;
  private Duration checkpointInterval = Duration.ofSeconds(10);
  private int port;
  private SourceType source = SourceType.NOTIFY;
  private Delivery delivery = Delivery.EXACTLY_ONCE;
  private OutboxConfig outbox = OutboxConfig.byDefault();
  private WalConfig wal = WalConfig.byDefault();

  /** On the test's own database and topics, which alone name the servers. */
  BridgeSetup(TestEnvironment environment) {
    this(environment.name(), environment.url(), environment.bootstrapServers());
    this.prefix = environment.topicPrefix();
  }

  BridgeSetup(String name, String url, String bootstrapServers) {
    this.name = name;
    this.prefix = name + ".";
    this.url = url;
    this.bootstrapServers = bootstrapServers;
  }

  BridgeSetup route(String channel, @Nullable String topic, @Nullable String key) {
    routes.add(RouteConfig.ofChannel(channel, topic == null ? null : prefix + topic, key));
    return this;
  }

  BridgeSetup table(String table, @Nullable String topic) {
    return table(table, topic, RowFormat.DEBEZIUM);
  }

  BridgeSetup table(String table, @Nullable String topic, RowFormat format) {
    routes.add(new RouteConfig(null, table, topic == null ? null : prefix + topic, null, format));
    return this;
  }

  /** Tells there where transactions begin and end. */
  BridgeSetup transactions(String topic) {
    transactions = prefix + topic;
    return this;
  }

  BridgeSetup outbox() {
    source = SourceType.OUTBOX;
    return this;
  }

  BridgeSetup outbox(OutboxConfig value) {
    outbox = value;
    return outbox();
  }

  BridgeSetup wal(WalConfig value) {
    wal = value;
    source = SourceType.WAL;
    return this;
  }

  BridgeSetup delivery(Delivery value) {
    delivery = value;
    return this;
  }

  BridgeSetup name(String value) {
    name = value;
    return this;
  }

  BridgeSetup url(String value) {
    url = value;
    return this;
  }

  BridgeSetup login(String role, String secret) {
    user = role;
    password = new Secret(secret);
    return this;
  }

  BridgeSetup bootstrapServers(String value) {
    bootstrapServers = value;
    return this;
  }

  BridgeSetup kafkaProperties(Map<String, String> value) {
    kafkaProperties = value;
    return this;
  }

  BridgeSetup partitions(int value) {
    partitions = value;
    return this;
  }

  BridgeSetup queueMaxBytes(long value) {
    queueMaxBytes = value;
    return this;
  }

  BridgeSetup checkpointInterval(Duration value) {
    checkpointInterval = value;
    return this;
  }

  BridgeSetup port(int value) {
    port = value;
    return this;
  }

  String topic(String topic) {
    return prefix + topic;
  }

  TopicReader read(String... topics) {
    String[] full = new String[topics.length];
    for (int i = 0; i < topics.length; i++) {
      full[i] = topic(topics[i]);
    }
    return new TopicReader(bootstrapServers, full);
  }

  Bridge start() throws InterruptedException {
    return Bridge.start(config(), kafka());
  }

  KafkaConfig kafka() {
    return new KafkaConfig(bootstrapServers, kafkaProperties);
  }

  BridgeConfig config() {
    return new BridgeConfig(
        name,
        new PostgresConfig(url, user, password),
        source,
        delivery,
        outbox,
        wal,
        new TopicsConfig(prefix, partitions, -1, transactions),
        routes,
        queueMaxBytes,
        checkpointInterval,
        new HttpConfig("127.0.0.1", port, null));
  }

  /** Notifies in a transaction of its own. */
  static void notify(Connection connection, String channel, String payload) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("select pg_notify(?, ?)")) {
      statement.setString(1, channel);
      statement.setString(2, payload);
      statement.execute();
    }
  }
}
