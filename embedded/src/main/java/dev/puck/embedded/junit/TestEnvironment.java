package dev.puck.embedded.junit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one test has to itself on the shared servers: databases, and a prefix for topics and keys.
 *
 * <p>Databases are made at first use and dropped after the test. A test that leaves sessions in
 * them fails: it leaked a connection. Thread-safe.
 */
public final class TestEnvironment implements AutoCloseable {
  private static final AtomicInteger SEQUENCE = new AtomicInteger();
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final SharedServers servers;
  private final Duration grace;
  private final String name = "t" + Integer.toHexString(SEQUENCE.incrementAndGet());
  private final List<String> databases = new ArrayList<>();

  TestEnvironment(SharedServers servers) {
    this(servers, GRACE);
  }

  /** With a time of its own for sessions that are just ending. */
  TestEnvironment(SharedServers servers, Duration grace) {
    this.servers = servers;
    this.grace = grace;
  }

  /** Short and unique in this run, such as {@code t7f}; good for roles, slots and groups. */
  public String name() {
    return name;
  }

  /** What the names of this test's topics start with, such as {@code t7f.}; also for Redis keys. */
  public String topicPrefix() {
    return name + ".";
  }

  /** The name of this test's database, which the first call makes. */
  public synchronized String database() {
    return databases.isEmpty() ? newDatabase() : databases.get(0);
  }

  /** Makes one more database, and returns its name. */
  public synchronized String newDatabase() {
    String database = databases.isEmpty() ? name : name + "_" + (databases.size() + 1);
    try {
      servers.createDatabase(database);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot create database " + database, e);
    }
    databases.add(database);
    return database;
  }

  /** The JDBC URL of this test's database. */
  public String url() {
    return url(database());
  }

  /** The JDBC URL of another database. */
  public String url(String database) {
    return servers.postgresUrl(database);
  }

  /** The superuser of this test's database. */
  public String user() {
    return servers.user();
  }

  /** The superuser's password. */
  public String password() {
    return servers.password();
  }

  /** Connects the superuser to this test's database; the test closes the connection. */
  public Connection connect() throws SQLException {
    return connect(database());
  }

  /** Connects the superuser to another database; the test closes the connection. */
  public Connection connect(String database) throws SQLException {
    return servers.connect(database);
  }

  /** What Kafka's clients connect to. */
  public String bootstrapServers() {
    return servers.bootstrapServers();
  }

  /** Where Redis is, as {@code redis://HOST:PORT}. */
  public String redisUrl() {
    return servers.redisUrl();
  }

  /**
   * Drops the databases.
   *
   * @throws AssertionError when there are sessions in one of them, and go on being there
   */
  @Override
  public synchronized void close() throws SQLException {
    List<String> leaked = new ArrayList<>();
    for (String database : databases) {
      leaked.addAll(drop(database));
    }
    databases.clear();
    if (!leaked.isEmpty()) {
      throw new AssertionError(
          "The test left sessions in its database; close them in the test:\n"
              + String.join("\n", leaked));
    }
  }

  /** Returns the sessions that were still there, having ended them. */
  private List<String> drop(String database) throws SQLException {
    try (Connection connection = servers.connect(servers.user())) {
      DatabaseSessions sessions = new DatabaseSessions(connection, database);
      List<String> left = sessions.awaitNone(grace);
      sessions.terminate();
      servers.dropDatabase(database);
      return left;
    }
  }
}
