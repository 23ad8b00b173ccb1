package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.SourceListener;
import dev.puck.bridge.source.Utf8;
import dev.puck.event.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of the outbox as the bridge reads them, for tests that do not run one. */
public final class CapturedRows {
  private final Connection connection;
  private final SourceListener listener;

  public CapturedRows(Connection connection) {
    this(connection, new SourceListener() {});
  }

  public CapturedRows(Connection connection, SourceListener listener) {
    this.connection = connection;
    this.listener = listener;
  }

  /** All there are, in order of capture. */
  public List<OutboxRow> all() throws SQLException {
    connection.setAutoCommit(false);
    try {
      Captures captures = new Captures(connection, listener);
      return new OutboxQuery(connection, new SnapshotRules(), captures)
          .look(Snapshot.NOTHING)
          .rows();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** Those of captured rows. */
  public List<OutboxRow> captured() throws SQLException {
    return all().stream().filter(row -> !row.isMessage()).toList();
  }

  /** The key and the image of a row as {@code puck.starting_rows} returns it, parted by a bar. */
  public String keyAndImage(int capture, @Nullable String shape, String record)
      throws SQLException {
    ImageMapping.Image image =
        new Captures(connection, listener).image(capture, shape, Utf8.of(record));
    return image.key() + "|" + image.row();
  }
}
