package dev.puck.cli.demo;

import dev.puck.cli.StopSignal;
import dev.puck.cli.demo.play.Play;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.connection.PostgresFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demo's crowd on a database of the user's, which gets the schema and the play if it lacks
 * them. Runs in the thread that calls it.
 */
public final class LiveTraffic {
  private static final Logger LOGGER = LoggerFactory.getLogger(LiveTraffic.class);
  private static final Duration TELL = Duration.ofSeconds(10);

  private final PostgresConfig config;
  private final Postgres postgres;

  public LiveTraffic(PostgresConfig config) {
    this.config = config;
    this.postgres = new Postgres(config, "puck traffic");
  }

  /** Makes what is missing; returns how many tweets there are. */
  public int prepare(Play play) {
    try (Connection connection = postgres.connect()) {
      TweetDatabase database = new TweetDatabase(connection, config);
      if (!database.isReady()) {
        database
            .prepare(play)
            .ifPresent(
                loaded ->
                    LOGGER
                        .atInfo()
                        .addKeyValue("title", loaded.title())
                        .addKeyValue("tweets", loaded.tweets())
                        .log("Play loaded"));
      }
      return database.tweets();
    } catch (SQLException e) {
      throw PostgresFailure.answering("PostgreSQL at " + config.address(), e);
    }
  }

  /** Writes until it is told to stop, through every absence of the database. */
  public void run(int tweets, CrowdSize size, boolean counting, StopSignal stop)
      throws InterruptedException {
    Deed deed = counting ? Deed.ADD_AND_COUNT : Deed.ADD;
    try (Traffic traffic = Traffic.start(postgres, new Skew(tweets), size, deed)) {
      long before = 0;
      while (!stop.await(TELL)) {
        long written = traffic.written();
        LOGGER
            .atInfo()
            .addKeyValue("perSecond", (written - before) / TELL.toSeconds())
            .addKeyValue("written", written)
            .log("The crowd is busy");
        before = written;
      }
    }
    LOGGER.atInfo().log("The crowd has gone home");
  }
}
