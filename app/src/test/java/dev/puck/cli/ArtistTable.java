package dev.puck.cli;

import dev.puck.cli.sql.Rows;
import dev.puck.lab.tweet.SqlScript;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;

/** The museum's artists, loaded as one's own program would load them. Owned by one thread. */
final class ArtistTable {
  static final String OLDER = "moma/artists.2016-03-03.csv";
  static final String NEWER = "moma/artists.2016-05-12.csv";

  private final Connection connection;

  /** In that session, whose caller closes it. */
  ArtistTable(Connection connection) {
    this.connection = connection;
  }

  void create() throws SQLException {
    SqlScript.load("/sql/batch/artist.sql").run(connection);
  }

  /** Loads that version and commits: inserted, updated and deleted rows. */
  String load(Path file) throws SQLException, IOException {
    stage(file);
    String counts = merge();
    connection.commit();
    return counts;
  }

  void stage(Path file) throws SQLException, IOException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("select museum.stage_artist()");
    }
    try (Reader csv = Files.newBufferedReader(file)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy pg_temp.artist_staging from stdin with (format csv, header true)", csv);
    }
  }

  String merge() throws SQLException {
    return rows("select * from museum.merge_artist()").get(0);
  }

  void commit() throws SQLException {
    connection.commit();
  }

  List<String> rows(String sql) throws SQLException {
    return Rows.of(connection, sql);
  }
}
