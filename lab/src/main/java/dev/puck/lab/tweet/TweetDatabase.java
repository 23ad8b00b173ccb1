package dev.puck.lab.tweet;

import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.lab.tweet.MessageCounters.Counters;
import dev.puck.service.config.Secret;
import dev.puck.service.connection.PostgresConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * A database with messages, and what was done to them before anybody measures. Thread-safe.
 *
 * @param postgres where it is
 * @param name how it is called there
 */
public record TweetDatabase(EmbeddedPostgres postgres, String name) {
  /** Who keeps caches up to date connects as this role, so that their sessions are known. */
  public static final String SERVICE = "lab_service";

  /** Its password, which keeps nobody out: the servers are on loopback, and gone after the run. */
  public static final String PASSWORD = "lab";

  private static final String HISTORY =
      """
      insert into tweet.activity (messageid, action)
      select 1 + floor(random() * ?)::bigint,
             (array['rt', 'rt', 'rt', 'fav', 'fav', 'de-rt', 'de-fav'])
               [1 + floor(random() * 7)::int]::tweet.action_t
        from generate_series(1, ?)
      """;

  private static final String COUNT_IN_PLACE =
      """
      update tweet.message
         set rts = counted.rts, favs = counted.favs
        from tweet.message_with_counters as counted
       where counted.messageid = message.messageid
      """;

  /** Makes {@link #SERVICE}, once for each server. */
  public static void addServiceRole(EmbeddedPostgres postgres) throws SQLException {
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("create role " + SERVICE + " superuser login password '" + PASSWORD + "'");
    }
  }

  /**
   * A new one.
   *
   * @param messages how many it has, numbered from 1
   * @param history how many actions were done to them
   * @param seed decides which
   */
  public static TweetDatabase create(
      EmbeddedPostgres postgres, String name, int messages, int history, long seed)
      throws SQLException {
    postgres.createDatabase(name);
    TweetDatabase database = new TweetDatabase(postgres, name);
    try (Connection connection = database.connect()) {
      SqlScript.load("/sql/tweet/schema.sql").run(connection);
      SqlScript.load("/sql/tweet/message_with_counters.sql").run(connection);
    }
    database.fill(messages, history, seed);
    return database;
  }

  private void fill(int messages, int history, long seed) throws SQLException {
    execute(
        "insert into tweet.users (uname) values ('Puck')",
        "insert into tweet.message (userid, message) select 1, 'I go, I go'"
            + " from generate_series(1, %d)".formatted(messages));
    try (Connection connection = connect();
        Statement random = connection.createStatement();
        PreparedStatement actions = connection.prepareStatement(HISTORY)) {
      random.execute("select setseed(" + (seed % 1_000) / 1_000.0 + ")");
      actions.setInt(1, messages);
      actions.setInt(2, history);
      actions.executeUpdate();
    }
    execute(COUNT_IN_PLACE, "vacuum full analyze tweet.message", "vacuum analyze tweet.activity");
  }

  /** A new connection, owned by the caller. */
  public Connection connect() throws SQLException {
    return postgres.connect(name);
  }

  /** How a service connects. */
  public PostgresConfig serviceConfig() {
    return new PostgresConfig(postgres.url(name), SERVICE, new Secret(PASSWORD));
  }

  /** Runs statements, each in a transaction of its own. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Runs a file of {@code sql/}. */
  public void run(String script) throws SQLException {
    try (Connection connection = connect()) {
      SqlScript.load(script).run(connection);
    }
  }

  /** The one number that a query gives. */
  public long ask(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** What each message's counters are, counted now. */
  public Map<Long, Counters> truth() throws SQLException {
    Map<Long, Counters> truth = new TreeMap<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select messageid, rts, favs from tweet.message_with_counters")) {
      while (rows.next()) {
        truth.put(rows.getLong(1), new Counters(rows.getLong(1), rows.getLong(2), rows.getLong(3)));
      }
    }
    return truth;
  }

  /** Drops it with the slots that read it. */
  public void drop() throws SQLException {
    execute(
        "select pg_terminate_backend(active_pid) from pg_replication_slots"
            + " where database = current_database() and active",
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots"
            + " where database = current_database()");
    postgres.dropDatabase(name);
  }
}
