package dev.puck.bridge.schema;

import dev.puck.service.config.ConfigException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs, upgrades and removes the schema {@code puck}.
 *
 * <p>Each is one transaction: all of it happens, or nothing. Several may run at once, also with
 * psql: they take turns. Whatever is in place already is kept, so that each may be repeated.
 */
public final class SchemaInstaller {
  /** The version that {@link #install} brings a database to. */
  public static final int VERSION = 5;

  private static final Logger LOGGER = LoggerFactory.getLogger(SchemaInstaller.class);

  private final Connection connection;

  /**
   * For one database.
   *
   * @param connection of the role that owns the outbox, or will; in auto-commit mode; stays open
   */
  public SchemaInstaller(Connection connection) {
    this.connection = connection;
  }

  /** The SQL of {@link #install}, for psql in one transaction. */
  public static String installScript() {
    return SchemaFile.INSTALL.stream().map(SchemaFile::text).collect(Collectors.joining("\n"));
  }

  /** The SQL of {@link #uninstall}, for psql in one transaction. */
  public static String uninstallScript() {
    return SchemaFile.UNINSTALL.text();
  }

  /**
   * Installs the schema, or upgrades it.
   *
   * @throws ConfigException when the database has a newer version than this program knows
   */
  public void install() throws SQLException {
    inTransaction(
        () -> {
          OptionalInt before = version();
          requireKnown(before);
          for (SchemaFile file : SchemaFile.INSTALL) {
            file.run(connection);
          }
          LOGGER
              .atInfo()
              .addKeyValue("version", VERSION)
              .addKeyValue("before", before)
              .log("Schema puck installed");
        });
  }

  /** Removes the schema with all that is in it, and the capture of all watched tables. */
  public void uninstall() throws SQLException {
    inTransaction(
        () -> {
          SchemaFile.UNINSTALL.run(connection);
          LOGGER.atInfo().log("Schema puck removed");
        });
  }

  /** The version that is installed; empty when there is none. */
  public OptionalInt version() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return isInstalled(statement) ? version(statement) : OptionalInt.empty();
    }
  }

  private static boolean isInstalled(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "select pg_catalog.to_regclass('puck.schema_version') is not null")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static OptionalInt version(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("select pg_catalog.max(version) from puck.schema_version")) {
      row.next();
      int version = row.getInt(1);
      return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(version);
    }
  }

  private static void requireKnown(OptionalInt installed) {
    if (installed.orElse(0) > VERSION) {
      throw new ConfigException(
          "The schema puck has version %d; this program knows versions up to %d. Use a newer Puck."
              .formatted(installed.getAsInt(), VERSION));
    }
  }

  private void inTransaction(Work work) throws SQLException {
    if (!connection.getAutoCommit()) {
      throw new IllegalStateException(
          "The connection is in a transaction; the schema needs one of its own");
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      // What exists already is worth no notice; what is missing comes as a warning.
      statement.execute("set local client_min_messages = warning");
      statement.execute(
          "select pg_catalog.pg_advisory_xact_lock("
              + "pg_catalog.hashtextextended('puck.install', 0))");
      work.run();
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException | RuntimeException e) {
      rollBack(e);
      throw e;
    }
  }

  /** Leaves a connection as it came; a broken one cannot be left so, which is not the news. */
  private void rollBack(Exception cause) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private interface Work {
    void run() throws SQLException;
  }
}
