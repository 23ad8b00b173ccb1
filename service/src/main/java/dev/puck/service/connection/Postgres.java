package dev.puck.service.connection;

import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/** Opens connections to one database, and says in one line why it could not. Thread-safe. */
public final class Postgres {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Driver DRIVER = new org.postgresql.Driver();

  private final PostgresConfig config;
  private final String applicationName;

  /** Sessions show up as {@code applicationName} in {@code pg_stat_activity}. */
  public Postgres(PostgresConfig config, String applicationName) {
    this.config = config;
    this.applicationName = applicationName;
  }

  /**
   * A new connection, owned by the caller.
   *
   * @throws ConfigException if the server refuses it in a way that only a new setting can mend
   * @throws TransientException if trying again may help
   */
  public Connection connect() {
    return connect(Map.of());
  }

  /** The same with more of the driver's properties. */
  public Connection connect(Map<String, String> more) {
    Properties properties = properties();
    properties.putAll(more);
    try {
      return DRIVER.connect(config.url(), properties);
    } catch (SQLException e) {
      throw PostgresFailure.connecting(config, e);
    }
  }

  /** What the driver needs besides the URL, the password among it. */
  public Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", applicationName);
    properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
    properties.setProperty("loginTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    if (config.user() != null) {
      properties.setProperty("user", config.user());
    }
    if (config.password() != null) {
      properties.setProperty("password", config.password().reveal());
    }
    return properties;
  }

  /** What its sessions show up as. */
  public String applicationName() {
    return applicationName;
  }

  public PostgresConfig config() {
    return config;
  }
}
