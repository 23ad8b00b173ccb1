package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import dev.puck.consumer.Projector;
import dev.puck.consumer.config.ConsumerConfig;
import dev.puck.consumer.config.ReducerConfig;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.event.Tokens;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.http.HttpConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A burst of changes, from a load of a new version of a table, reaches what follows the table. */
@ExtendWith(PuckExtension.class)
@Timeout(180)
class ArtistEventsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String KEY = "'{\"constituentid\":' || constituentid || '}'";

  private final Path older = SharedFile.of(ArtistTable.OLDER);
  private final Path newer = SharedFile.of(ArtistTable.NEWER);

  private TestEnvironment environment;
  private Connection connection;
  private ArtistTable artists;

  @BeforeEach
  void createTable(TestEnvironment injected) throws Exception {
    environment = injected;
    connection = environment.connect();
    artists = new ArtistTable(connection);
    artists.create();
  }

  @AfterEach
  void disconnect() throws Exception {
    connection.close();
  }

  @Test
  void shouldFollowTheTableByTheOutbox() throws Exception {
    new SchemaInstaller(connection).install();
    artists.rows("select puck.watch('museum.artist')");
    followTwoLoads(SourceType.OUTBOX);
  }

  @Test
  void shouldFollowTheTableByTheWal() throws Exception {
    new WalInstaller(connection, postgres(), slot(), "puck")
        .install(List.of("museum.artist"), false);
    try {
      followTwoLoads(SourceType.WAL);
    } finally {
      dropSlot();
    }
  }

  private void followTwoLoads(SourceType source) throws Exception {
    try (Bridge bridge = Bridge.start(bridgeConfig(source), kafka());
        Projector consumer = Projector.start(consumerConfig(), kafka())) {
      // Given
      assertThat(artists.load(older)).isEqualTo("14769, 0, 0");
      Set<String> keys = awaitEqual(consumer, new HashSet<>());
      long before = consumer.status().projections().get(0).events();
      assertThat(before).isEqualTo(14_769);

      // When
      assertThat(artists.load(newer)).isEqualTo("75, 4174, 5");

      // Then
      assertThat(awaitEqual(consumer, keys)).as("the keys of both versions").hasSize(14_844);
      assertThat(consumer.status().projections().get(0).events() - before).isEqualTo(4_254);
      assertThat(bridge.status().gaps()).isZero();
      assertThat(new TopicCount(environment.bootstrapServers(), topic()).operations())
          .isEqualTo(Map.of("c", 14_769 + 75, "u", 4_174, "d", 5, "tombstone", 5));
    }
  }

  /** Waits until the consumer has the table's rows and no others; all keys there have been. */
  private Set<String> awaitEqual(Projector consumer, Set<String> keysBefore) throws Exception {
    Map<String, JsonNode> table = table();
    Set<String> keys = new HashSet<>(keysBefore);
    keys.addAll(table.keySet());
    await()
        .atMost(PATIENCE)
        .until(() -> keys.stream().allMatch(key -> isEqual(row(consumer, key), table.get(key))));
    return keys;
  }

  private static boolean isEqual(@Nullable JsonNode row, @Nullable JsonNode truth) {
    return row == null ? truth == null : row.equals(truth);
  }

  private static @Nullable JsonNode row(Projector consumer, String key) {
    return consumer.reducer("artists").get(key) instanceof LatestRow.Row known ? known.row() : null;
  }

  private Map<String, JsonNode> table() throws Exception {
    Map<String, JsonNode> rows = new TreeMap<>();
    for (String each :
        artists.rows("select " + KEY + " || to_jsonb(artist)::text from museum.artist")) {
      int end = each.indexOf('}') + 1;
      rows.put(each.substring(0, end), JSON.readTree(each.substring(end)));
    }
    connection.commit();
    return rows;
  }

  private String topic() {
    return environment.topicPrefix() + "museum.artist";
  }

  private String slot() {
    return environment.name() + "_slot";
  }

  /** It would keep the database from being dropped; whoever read it is just ending. */
  private void dropSlot() throws Exception {
    artists.rows(
        "select pg_terminate_backend(active_pid, 5000) from pg_replication_slots"
            + " where active_pid is not null and slot_name = '"
            + slot()
            + "'");
    artists.rows("select pg_drop_replication_slot('" + slot() + "')");
    connection.commit();
  }

  private PostgresConfig postgres() {
    return new PostgresConfig(environment.url(), environment.user(), null);
  }

  private KafkaConfig kafka() {
    return new KafkaConfig(environment.bootstrapServers(), Map.of());
  }

  private BridgeConfig bridgeConfig(SourceType source) {
    return new BridgeConfig(
        environment.name(),
        postgres(),
        source,
        Delivery.EXACTLY_ONCE,
        OutboxConfig.byDefault(),
        new WalConfig(slot(), "puck", OnGap.STOP, false, true, false),
        new TopicsConfig(environment.topicPrefix(), 3, -1),
        List.of(new RouteConfig(null, "museum.artist", null, null, RowFormat.DEBEZIUM)),
        1 << 24,
        Duration.ofSeconds(1),
        new HttpConfig("127.0.0.1", 0, null));
  }

  private ConsumerConfig consumerConfig() {
    return new ConsumerConfig(
        environment.name(),
        null,
        null,
        null,
        List.of(),
        List.of(
            new ReducerConfig(
                "artists", List.of(topic()), LatestRow.class.getName(), null, null, null)),
        List.of(),
        Tokens.CHANNEL,
        null,
        new HttpConfig("127.0.0.1", 0, null));
  }
}
