package dev.puck.cli.demo.play;

import dev.puck.lab.tweet.SqlScript;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Loads plays into the schema {@code tweet}: one tweet per speech, in the order of the play.
 *
 * <p>A speech of several speakers is tweeted by the first; each other speaker is a user all the
 * same. Users are never doubled, whatever is loaded and however often: a speaker who is a user
 * already, by uname or nickname in any case, tweets as that user.
 *
 * <p>A load is there as a whole or not at all. On a connection that commits by itself it is a
 * transaction of its own; otherwise it joins the caller's, who commits or rolls back. Loaders on
 * other connections wait for its end. For one thread.
 */
public final class PlayLoader {
  /** Keeps users from being added by others; they can be read, and messages written. */
  private static final String LOCK_USERS = "lock table tweet.users in share row exclusive mode";

  private final Connection connection;
  private final LoadProgress progress;

  /** Uses a database with the schema of {@code /sql/tweet/schema.sql}; never closes it. */
  public PlayLoader(Connection connection, LoadProgress progress) {
    this.connection = connection;
    this.progress = progress;
  }

  /**
   * Adds the play's tweets to those that are there, even if the same play is.
   *
   * @throws PlayException when the file is not a play; nothing is written then
   * @throws SQLException when PostgreSQL refuses; nothing is written then
   */
  public LoadedPlay load(Play play) throws SQLException {
    int speeches = play.countSpeeches();
    return inTransaction(
        () -> {
          lockUsers();
          return write(play, speeches);
        });
  }

  /**
   * Loads the play into a database without tweets, and does nothing where there are any.
   *
   * @return empty when there were tweets already
   * @throws PlayException when the file is not a play; nothing is written then
   * @throws SQLException when PostgreSQL refuses; nothing is written then
   */
  public Optional<LoadedPlay> loadIfEmpty(Play play) throws SQLException {
    int speeches = play.countSpeeches();
    return inTransaction(
        () -> {
          lockUsers();
          return hasTweets() ? Optional.empty() : Optional.of(write(play, speeches));
        });
  }

  private LoadedPlay write(Play play, int speeches) throws SQLException {
    try (PlayReader reader = play.open()) {
      KnownPlay known = KnownPlay.titled(reader.title());
      if (known.users().isPresent()) {
        SqlScript.load(known.users().get()).run(connection);
      }
      try (Cast cast = new Cast(known, connection);
          TweetWriter tweets = new TweetWriter(connection, progress, speeches)) {
        for (Optional<Speech> speech = reader.next(); speech.isPresent(); speech = reader.next()) {
          tweet(speech.get(), cast, tweets);
        }
        return new LoadedPlay(reader.title(), tweets.finish(), cast.size());
      }
    }
  }

  private static void tweet(Speech speech, Cast cast, TweetWriter tweets) throws SQLException {
    for (String speaker : speech.speakers()) {
      cast.useridOf(speaker);
    }
    tweets.add(cast.useridOf(speech.speakers().get(0)), speech.text());
  }

  private void lockUsers() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(LOCK_USERS);
    }
  }

  private boolean hasTweets() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select exists (select from tweet.message)")) {
      return row.next() && row.getBoolean(1);
    }
  }

  private <T> T inTransaction(Work<T> work) throws SQLException {
    if (!connection.getAutoCommit()) {
      return work.run();
    }
    connection.setAutoCommit(false);
    T result;
    try {
      result = work.run();
      connection.commit();
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(e);
      throw e;
    }
    connection.setAutoCommit(true);
    return result;
  }

  /** In this order: to switch auto-commit on commits what is open. */
  private void rollBack(Throwable reason) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T run() throws SQLException;
  }
}
