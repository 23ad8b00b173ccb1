package dev.puck.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A real PostgreSQL.
 *
 * <p>Role {@code postgres} needs no password from 127.0.0.1; every other role needs its own.
 * Logical decoding is on.
 */
public final class EmbeddedPostgres extends EmbeddedServer {
  private final PostgresCluster cluster;
  private final ServerConfig config;

  private EmbeddedPostgres(Path directory, ServerConfig config) {
    super("postgres", directory, config.port());
    this.config = config;
    this.cluster =
        new PostgresCluster(
            PostgresBinaries.find(), ServerUser.find(), directory().resolve("data"), log());
  }

  /**
   * Starts a server on the data in the directory, which is made when there is none.
   *
   * @throws ServerException with the end of the log when it does not start
   */
  public static EmbeddedPostgres startIn(Path directory, ServerConfig config) {
    EmbeddedPostgres postgres = new EmbeddedPostgres(directory, config);
    postgres.start();
    return postgres;
  }

  /** The JDBC URL of a database, without user and password. */
  public String url(String database) {
    return "jdbc:postgresql://%s:%d/%s?sslmode=disable&gssEncMode=disable"
        .formatted(Loopback.HOST, port(), database);
  }

  /** The superuser. */
  public String user() {
    return "postgres";
  }

  /** For clients that insist on one; nobody checks it for {@link #user()}. */
  public String password() {
    return "postgres";
  }

  /** Connects the superuser. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), user(), password());
  }

  /** Makes an empty database. */
  public void createDatabase(String database) throws SQLException {
    execute("create database " + quoted(database));
  }

  /** Drops the database, if it is there, with everybody's sessions in it. */
  public void dropDatabase(String database) throws SQLException {
    execute("drop database if exists " + quoted(database) + " with (force)");
  }

  @Override
  void prepare() {
    cluster.createIfMissing();
  }

  @Override
  List<String> command(int listenPort) {
    List<String> arguments = new ArrayList<>(List.of("-p", Integer.toString(listenPort)));
    PostgresSettings.of(config)
        .forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    return cluster.serverCommand(arguments);
  }

  /** Fast shutdown: sessions are ended, transactions rolled back, and a checkpoint written. */
  @Override
  String stopSignal() {
    return "INT";
  }

  @Override
  boolean isReady(int listenPort, long processId) {
    return cluster.isReady(processId);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect(user());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
