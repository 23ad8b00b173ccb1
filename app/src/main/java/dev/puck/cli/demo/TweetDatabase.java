package dev.puck.cli.demo;

import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.cli.demo.play.LoadProgress;
import dev.puck.cli.demo.play.LoadedPlay;
import dev.puck.cli.demo.play.Play;
import dev.puck.cli.demo.play.PlayLoader;
import dev.puck.lab.tweet.SqlScript;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The demo's schema and tweets in a database of the user's. What is there already is kept, so that
 * a crowd whose role may only write finds it, too.
 */
final class TweetDatabase {
  private static final List<String> SCRIPTS =
      List.of(
          "/sql/tweet/schema.sql",
          "/sql/tweet/message_with_counters.sql",
          "/sql/cache/update_in_place.sql",
          "/sql/tweet/publish.sql");

  /** By what comes last, the tweets: each script is there as a whole or not at all. */
  private static final String IS_READY =
      """
      select pg_catalog.to_regclass('tweet.activity') is not null
             and pg_catalog.to_regclass('twcache.counters_in_place') is not null
             and pg_catalog.to_regprocedure('tweet.publish_activity()') is not null
      """;

  private final Connection connection;
  private final PostgresConfig config;

  TweetDatabase(Connection connection, PostgresConfig config) {
    this.connection = connection;
    this.config = config;
  }

  /** Whether nothing is missing. */
  boolean isReady() throws SQLException {
    return Query.one(connection, IS_READY, row -> row.getBoolean(1)) && tweets() > 0;
  }

  /**
   * Adds what is missing; empty if the tweets were there.
   *
   * @throws ConfigException without the schema puck, through which the crowd's actions go
   */
  Optional<LoadedPlay> prepare(Play play) throws SQLException {
    if (new SchemaInstaller(connection).version().isEmpty()) {
      throw new ConfigException(
          "Schema puck is missing in "
              + config.address()
              + ", and the tweets are published through it. Run: puck init --postgres URL");
    }
    for (String script : SCRIPTS) {
      SqlScript.load(script).run(connection);
    }
    return new PlayLoader(connection, LoadProgress.NONE).loadIfEmpty(play);
  }

  /** The highest id, which is how many there are if nobody else has written. */
  int tweets() throws SQLException {
    return Query.one(
        connection,
        "select coalesce(max(messageid), 0) from tweet.message",
        row -> Math.toIntExact(row.getLong(1)));
  }
}
