package dev.puck.bridge.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of {@code sql/puck}, which the jar carries.
 *
 * @param name such as {@code 02_outbox.sql}
 */
record SchemaFile(String name) {
  private static final Logger LOGGER = LoggerFactory.getLogger(SchemaFile.class);

  /** Those that install, in their order; a jar's folder cannot be listed. */
  static final List<SchemaFile> INSTALL =
      List.of(
          new SchemaFile("01_schema.sql"),
          new SchemaFile("02_outbox.sql"),
          new SchemaFile("03_bridge.sql"),
          new SchemaFile("04_watched.sql"),
          new SchemaFile("05_publish.sql"),
          new SchemaFile("06_image.sql"),
          new SchemaFile("07_altered.sql"),
          new SchemaFile("08_define_capture.sql"),
          new SchemaFile("09_key_columns.sql"),
          new SchemaFile("10_refusal.sql"),
          new SchemaFile("11_option_problem.sql"),
          new SchemaFile("12_watch.sql"),
          new SchemaFile("13_unwatch.sql"),
          new SchemaFile("14_findings.sql"),
          new SchemaFile("15_state.sql"),
          new SchemaFile("16_rotate.sql"),
          new SchemaFile("17_identity.sql"),
          new SchemaFile("18_owner.sql"),
          new SchemaFile("19_starting_rows.sql"),
          new SchemaFile("20_starting_estimate.sql"),
          new SchemaFile("21_roles.sql"),
          new SchemaFile("22_version.sql"));

  static final SchemaFile UNINSTALL = new SchemaFile("uninstall.sql");

  /** Runs the file in the connection's transaction; what it warns of is logged. */
  void run(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text());
      log(statement.getWarnings());
    } catch (SQLException e) {
      throw new SQLException("sql/puck/" + name + " failed: " + e.getMessage(), e.getSQLState(), e);
    }
  }

  /** What it says. */
  String text() {
    try (@Nullable InputStream file = SchemaFile.class.getResourceAsStream("/sql/puck/" + name)) {
      if (file == null) {
        throw new IllegalStateException("The jar lacks sql/puck/" + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void log(@Nullable SQLWarning first) {
    for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
      LOGGER
          .atWarn()
          .addKeyValue("file", name)
          .addKeyValue("warning", warning.getMessage())
          .log("PostgreSQL warns of the schema");
    }
  }
}
