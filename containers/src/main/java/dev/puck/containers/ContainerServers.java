package dev.puck.containers;

import dev.puck.embedded.junit.SharedServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;

/**
 * PostgreSQL, Kafka and Redis in containers of their official images, each started when it is first
 * asked for.
 */
public final class ContainerServers implements SharedServers {
  private static final int REDIS_PORT = 6379;

  private @Nullable PostgresServer postgres;
  private @Nullable KafkaServer kafka;
  private @Nullable GenericContainer<?> redis;

  /**
   * None that has started.
   *
   * @throws IllegalStateException if no Docker engine answers
   */
  public ContainerServers() {
    Docker.require();
  }

  @Override
  public synchronized String postgresUrl(String database) {
    if (postgres == null) {
      postgres = started(new PostgresServer());
    }
    return postgres.url(database);
  }

  @Override
  public synchronized String bootstrapServers() {
    if (kafka == null) {
      kafka = started(new KafkaServer());
    }
    return kafka.bootstrapServers();
  }

  @Override
  public synchronized String redisUrl() {
    if (redis == null) {
      redis = started(new GenericContainer<>(Images.redis()).withExposedPorts(REDIS_PORT));
    }
    return "redis://" + Docker.address(redis, REDIS_PORT);
  }

  /** In UTF-8, whatever the image makes of its own databases. */
  @Override
  public void createDatabase(String database) throws SQLException {
    try (Connection connection = connect(user());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create database \"%s\" template template0 encoding 'UTF8' locale_provider builtin"
                  .formatted(database)
              + " builtin_locale 'C.UTF-8' locale 'C'");
    }
  }

  @Override
  public synchronized void close() {
    stop(redis);
    stop(kafka);
    stop(postgres);
  }

  private static <C extends GenericContainer<?>> C started(C container) {
    container.start();
    return container;
  }

  private static void stop(@Nullable GenericContainer<?> container) {
    if (container != null) {
      container.stop();
    }
  }
}
