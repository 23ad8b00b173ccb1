package dev.puck.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.Bridge;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.Delivery;
import dev.puck.bridge.config.OnGap;
import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.config.RouteConfig;
import dev.puck.bridge.config.RowFormat;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.config.TopicsConfig;
import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.bridge.source.wal.WalInstaller;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.http.HttpConfig;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A table whose rows are changed in all ways, and the records that a bridge makes of that. */
final class RelayedTable implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String[] CHANGES = {
    "insert into sale values (2, 'Puck', -0.10, true, '1999-12-31', '2026-01-01 12:00:00.5+00', 7)",
    "insert into sale values (3, null, null, null, null, null, null)",
    "update sale set name = 'Robin \"Goodfellow\"', amount = 12345678.90 where id = 2",
    "insert into sale select i, 'row ' || i from generate_series(10, 30) as i",
    "update sale set id = id + 100 where id between 20 and 25",
    "delete from sale where id between 10 and 15",
    "update sale set name = null, at = '1970-01-01 00:00:00+00' where id = 1",
    "insert into sale values (10, 'again')",
    "delete from sale where id = 3"
  };

  private final TestEnvironment environment;
  private final Connection connection;
  private final String topic;
  private final Bridge bridge;

  /** Begins to relay, with a row that was there before. */
  RelayedTable(SourceType source, RowFormat format, TestEnvironment environment)
      throws SQLException, InterruptedException {
    this.environment = environment;
    this.connection = environment.connect();
    this.topic = environment.topicPrefix() + "sale";
    run(
        "create table sale (id integer primary key, name text, amount numeric(12, 2), paid boolean,"
            + " day date, at timestamptz, count bigint)",
        "insert into sale values (1, 'Titania', 1.50, false, '2026-01-01',"
            + " '2026-01-01 00:00:00.123456+00', 9007199254740993)");
    capture(source);
    this.bridge = Bridge.start(config(source, format), kafka());
  }

  /** Changes rows, and waits for their records. */
  List<ConsumerRecord<byte[], byte[]>> records() throws SQLException {
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                environment.bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
      consumer.assign(partition);
      consumer.seekToBeginning(partition);
      // What was inserted before the rows were read would be inserted once more by them.
      readUntil("Titania", consumer, read);
      run(CHANGES);
      run("insert into sale values (1000, 'last')");
      readUntil("last", consumer, read);
    }
    assertThat(bridge.status().deadLetters()).isZero();
    return read;
  }

  private static void readUntil(
      String name,
      KafkaConsumer<byte[], byte[]> consumer,
      List<ConsumerRecord<byte[], byte[]>> read) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (read.stream().noneMatch(record -> has(record, name))) {
      assertThat(System.nanoTime()).as("in time, with %d records", read.size()).isLessThan(end);
      consumer.poll(Duration.ofMillis(100)).forEach(read::add);
    }
  }

  /** What is in the table, by id. */
  Map<Integer, String> rows() throws SQLException {
    Map<Integer, String> rows = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select id, format('%s|%s|%s|%s|%s|%s', coalesce(name, 'null'),
                         coalesce(amount::text, 'null'), coalesce(paid::text, 'null'),
                         coalesce((day - date '1970-01-01')::text, 'null'),
                         coalesce((extract(epoch from at) * 1000000)::bigint::text, 'null'),
                         coalesce(count::text, 'null'))
                  from sale
                """)) {
      while (row.next()) {
        rows.put(row.getInt(1), row.getString(2));
      }
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      bridge.close();
      run(
          "select pg_terminate_backend(active_pid, 5000) from pg_replication_slots"
              + " where active_pid is not null and slot_name = '"
              + slot()
              + "'",
          "select pg_drop_replication_slot(slot_name) from pg_replication_slots"
              + " where slot_name = '"
              + slot()
              + "'");
    }
  }

  private void capture(SourceType source) throws SQLException {
    if (source == SourceType.OUTBOX) {
      new SchemaInstaller(connection).install();
      run("select puck.watch('sale')");
    } else {
      run("alter table sale replica identity full");
      new WalInstaller(connection, postgres(), slot(), "puck").install(List.of("sale"), false);
    }
  }

  private BridgeConfig config(SourceType source, RowFormat format) {
    return new BridgeConfig(
        environment.name(),
        postgres(),
        source,
        Delivery.EXACTLY_ONCE,
        OutboxConfig.byDefault(),
        new WalConfig(slot(), "puck", OnGap.STOP, false, /* startingState= */ true, false),
        new TopicsConfig(environment.topicPrefix(), 1, -1),
        List.of(new RouteConfig(null, "public.sale", topic, null, format)),
        4 << 20,
        Duration.ofSeconds(10),
        new HttpConfig("127.0.0.1", 0, null));
  }

  private PostgresConfig postgres() {
    return new PostgresConfig(environment.url(), environment.user(), null);
  }

  private KafkaConfig kafka() {
    return new KafkaConfig(environment.bootstrapServers(), Map.of());
  }

  private String slot() {
    return environment.name() + "_slot";
  }

  private static boolean has(ConsumerRecord<byte[], byte[]> record, String name) {
    return record.value() != null && new String(record.value(), UTF_8).contains('"' + name + '"');
  }

  private void run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}
