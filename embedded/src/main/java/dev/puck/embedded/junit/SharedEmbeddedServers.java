package dev.puck.embedded.junit;

import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.embedded.EmbeddedServers;

/** The embedded servers as tests share them; whoever made them closes them. */
record SharedEmbeddedServers(EmbeddedServers servers) implements SharedServers {
  @Override
  public String postgresUrl(String database) {
    EmbeddedPostgres postgres = servers.postgres();
    if (!postgres.isRunning()) {
      throw new IllegalStateException(
          "The shared PostgreSQL is not running; a test that stops servers makes its own");
    }
    return postgres.url(database);
  }

  @Override
  public String bootstrapServers() {
    return servers.kafka().bootstrapServers();
  }

  @Override
  public String redisUrl() {
    return servers.redis().url();
  }

  @Override
  public void close() {}
}
