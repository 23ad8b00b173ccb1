package dev.puck.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database, and the file that names it to commands. */
final class ConfiguredDatabase {
  static final String PASSWORD = "secret";

  private final String url;
  private final Path file;

  /**
   * One database.
   *
   * @param url JDBC's
   * @param user who commands connect as; with {@link #PASSWORD}, if it needs one
   */
  ConfiguredDatabase(Path directory, String url, String user) throws IOException {
    this.url = url;
    this.file =
        Files.writeString(
            directory.resolve(user + ".yaml"),
            """
            bridge:
              postgres:
                url: %s
                user: %s
                password: %s
            """
                .formatted(url, user, PASSWORD));
  }

  /** Runs {@code puck} with that file. */
  CommandRun puck(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", file.toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  /** Runs SQL as the superuser. */
  void run(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column, as the superuser sees it. */
  List<String> column(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  /** Connects the superuser; the test closes it. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, "postgres", PASSWORD);
  }
}
