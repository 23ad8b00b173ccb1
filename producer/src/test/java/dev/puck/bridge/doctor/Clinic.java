package dev.puck.bridge.doctor;

import static java.util.Collections.disjoint;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.checkpoint.Checkpoint;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.embedded.EmbeddedConfig;
import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.ServerConfig;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Servers to be made sick: their own, since some settings are the whole server's. */
final class Clinic implements AutoCloseable {
  private final EmbeddedServers servers =
      EmbeddedServers.inTemporaryDirectory(
          EmbeddedConfig.defaults()
              .withPostgres(
                  ServerConfig.defaults()
                      .durable(true)
                      .withSetting("max_prepared_transactions", "5")
                      .withSetting("max_notify_queue_pages", "64")));
  private final Admin admin =
      Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()));

  /** A database, a role and topics where all is well; whatever was there before is gone. */
  void makeWell() throws Exception {
    deleteTopics(admin.listTopics().names().get());
    servers.postgres().dropDatabase("shop");
    servers.postgres().createDatabase("shop");
    try (Connection connection = postgres().connect("shop")) {
      new SchemaInstaller(connection).install();
    }
    run(
        """
        drop role if exists bridge;
        create role bridge login password 'secret';
        grant puck_bridge to bridge;
        create table sale (id int primary key);
        create table note (line text);
        select puck.watch('sale'), puck.watch('note')
        """);
    topic("p.public.sale", Map.of("cleanup.policy", "compact"));
    topic("p.public.sale.dead-letter", Map.of("retention.ms", "-1"));
    topic("p.orders", Map.of());
    topic("p.orders.dead-letter", Map.of("retention.ms", "-1"));
    topic(Checkpoint.TOPIC, Map.of("cleanup.policy", "compact"));
  }

  /** The section {@code bridge} for what {@link #makeWell} makes. */
  String wakePoll() {
    return bridge("bridge", "wake: poll");
  }

  /** The same for another role, and with other settings of the group outbox. */
  String bridge(String user, String outbox) {
    return """
        name: tills
        source: outbox
        postgres: {url: '%s', user: %s, password: secret}
        outbox: {%s}
        topics: {prefix: p., partitions: 3}
        routes:
          - channel: orders
        """
        .formatted(postgres().url("shop"), user, outbox);
  }

  Examination examine(String bridge) throws InterruptedException {
    return Examination.of(bridge, bootstrapServers());
  }

  EmbeddedPostgres postgres() {
    return servers.postgres();
  }

  String bootstrapServers() {
    return servers.kafka().bootstrapServers();
  }

  Admin admin() {
    return admin;
  }

  /** Runs SQL as the superuser. */
  void run(String sql) throws SQLException {
    try (Connection connection = postgres().connect("shop");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column, as the superuser sees it. */
  List<String> column(String sql) throws SQLException {
    try (Connection connection = postgres().connect("shop")) {
      return Query.list(connection, sql, row -> row.getString(1));
    }
  }

  void topic(String name, Map<String, String> settings) throws Exception {
    topic(name, name.equals(Checkpoint.TOPIC) ? 1 : 3, settings);
  }

  void topic(String name, int partitions, Map<String, String> settings) throws Exception {
    NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
    admin.createTopics(List.of(topic.configs(settings))).all().get();
    await().until(() -> admin.listTopics().names().get().contains(name));
  }

  void deleteTopics(Set<String> names) throws Exception {
    admin.deleteTopics(names).all().get();
    await().until(() -> disjoint(admin.listTopics().names().get(), names));
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    servers.close();
  }
}
