package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.bridge.config.Delivery;
import dev.puck.bridge.config.OnGap;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.client.FreshnessToken;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sees a token, and reads what there is then, has seen the token's transaction. */
@ExtendWith(PuckExtension.class)
class TokenIT {
  private static final int PARTITIONS = 4;
  private static final int TRANSACTIONS = 300;

  @ParameterizedTest
  @CsvSource({"OUTBOX,EXACTLY_ONCE", "OUTBOX,AT_LEAST_ONCE", "WAL,EXACTLY_ONCE"})
  void shouldFollowWhatItsTransactionChanged(
      SourceType type, Delivery delivery, TestEnvironment environment) throws Exception {
    try (WalDatabase wal = new WalDatabase(environment);
        Connection connection = environment.connect()) {
      // Given
      new SchemaInstaller(connection).install();
      BridgeSetup setup = setup(type, wal, environment);
      setup
          .route("orders", "orders", null)
          .route("puck.token", "puck.token", null)
          .partitions(PARTITIONS)
          .delivery(delivery);
      try (Bridge bridge = setup.start();
          TopicReader orders = setup.read("orders");
          TopicReader tokens = setup.read("puck.token");
          Admin admin =
              Admin.create(
                  Map.<String, Object>of("bootstrap.servers", environment.bootstrapServers()))) {

        // When
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(environment));
        Set<String> checked = new HashSet<>();
        while (checked.size() < TRANSACTIONS) {
          for (Event token : tokens.take()) {
            if (token.value().equals(token.key()) && checked.add(token.value())) {
              List<Event> seen = orders.awaitReached(ends(admin, setup.topic("orders")));

              // Then
              assertThat(seen).extracting(Event::value).contains(xidOf(token.value()));
            }
          }
        }
        writer.join();
        assertThat(bridge.status().gaps()).isZero();
      }
    }
  }

  /** Which each transaction publishes, too. */
  private static String xidOf(String token) {
    return token.substring(0, token.indexOf('-'));
  }

  private static BridgeSetup setup(SourceType type, WalDatabase wal, TestEnvironment environment)
      throws SQLException {
    if (type == SourceType.OUTBOX) {
      return new BridgeSetup(environment).outbox();
    }
    wal.run("select puck.publish_to('wal')");
    wal.install();
    return wal.setup(OnGap.STOP, false);
  }

  private static Map<TopicPartition, Long> ends(Admin admin, String topic) throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    IntStream.range(0, PARTITIONS)
        .forEach(
            partition -> latest.put(new TopicPartition(topic, partition), OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin.listOffsets(latest).all().get().forEach((place, end) -> ends.put(place, end.offset()));
    return ends;
  }

  private static void write(TestEnvironment environment) {
    try (Connection connection = environment.connect()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < TRANSACTIONS; i++) {
        run(
            connection,
            "select puck.publish('orders', pg_current_xact_id()::text, '%d')".formatted(i));
        FreshnessToken.take(connection);
        connection.commit();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
