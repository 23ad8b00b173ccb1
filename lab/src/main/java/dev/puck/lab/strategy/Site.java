package dev.puck.lab.strategy;

import dev.puck.embedded.EmbeddedServers;
import dev.puck.lab.tweet.TweetDatabase;
import java.nio.file.Path;

/**
 * Where a strategy is tried.
 *
 * @param servers Kafka and Redis are there, started when they are asked for
 * @param database the application's, which the strategy has for itself
 * @param name tells what it makes from what others made, such as {@code lab7}
 */
public record Site(EmbeddedServers servers, TweetDatabase database, String name) {
  /** For files of its own. */
  Path directory() {
    return servers.directory();
  }

  /** How a service connects to the database, for a configuration file. */
  String serviceSettings() {
    return "{url: \"%s\", user: %s, password: %s}"
        .formatted(database.serviceConfig().url(), TweetDatabase.SERVICE, TweetDatabase.PASSWORD);
  }

  /** What its processes log to. */
  Path log() {
    return directory().resolve(name + ".log");
  }
}
