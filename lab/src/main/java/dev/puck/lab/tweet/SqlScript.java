package dev.puck.lab.tweet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * One SQL file of the project's {@code sql/} folder, as it lies on the class path.
 *
 * <p>The file runs as one string, so either all of its statements take effect or none: in the
 * caller's transaction where there is one, else in a transaction that PostgreSQL makes for the
 * string. It must therefore hold plain SQL only, without psql's own commands.
 *
 * @param name path on the class path, such as {@code /sql/tweet/schema.sql}
 * @param sql the file's text
 */
public record SqlScript(String name, String sql) {
  public SqlScript {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(sql, "sql");
  }

  /**
   * Reads a script.
   *
   * @param name absolute path on the class path, such as {@code /sql/tweet/schema.sql}
   * @throws IllegalArgumentException when there is no such script
   */
  public static SqlScript load(String name) {
    try (InputStream resource = SqlScript.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalArgumentException(
            name
                + " is not on the class path; expected a file of the project's sql folder, such as"
                + " /sql/tweet/schema.sql. Check the name, and that lab/pom.xml includes its"
                + " folder.");
      }
      return new SqlScript(name, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read from the class path", e);
    }
  }

  /**
   * Runs the whole script and waits for its end.
   *
   * @throws SQLException when a statement fails; its message names the script
   */
  public void run(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new SQLException(name + " failed: " + e.getMessage(), e.getSQLState(), e);
    }
  }
}
