package dev.puck.embedded;

/**
 * How each of the embedded servers runs.
 *
 * @param postgres PostgreSQL; its settings are those of postgresql.conf
 * @param kafka Kafka; its settings are those of server.properties
 * @param redis Redis; its settings are those of redis.conf
 */
public record EmbeddedConfig(ServerConfig postgres, ServerConfig kafka, ServerConfig redis) {

  /** Every server with its defaults. */
  public static EmbeddedConfig defaults() {
    return new EmbeddedConfig(
        ServerConfig.defaults(), ServerConfig.defaults(), ServerConfig.defaults());
  }

  /** The same with another PostgreSQL. */
  public EmbeddedConfig withPostgres(ServerConfig config) {
    return new EmbeddedConfig(config, kafka, redis);
  }

  /** The same with another Kafka. */
  public EmbeddedConfig withKafka(ServerConfig config) {
    return new EmbeddedConfig(postgres, config, redis);
  }

  /** The same with another Redis. */
  public EmbeddedConfig withRedis(ServerConfig config) {
    return new EmbeddedConfig(postgres, kafka, config);
  }
}
