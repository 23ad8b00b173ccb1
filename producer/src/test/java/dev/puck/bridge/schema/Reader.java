package dev.puck.bridge.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads the outbox by capped snapshots, in the statements that a bridge would use. */
final class Reader {
  private final Connection connection;
  private final List<Long> ids = new ArrayList<>();
  private long xmax = 3;
  private String xip = "{}";

  Reader(Connection connection) {
    this.connection = connection;
  }

  void poll() throws SQLException {
    String batch =
        """
        select o.id, o.xid, pg_current_snapshot() as snapshot
          from puck.outbox as o
         where o.xid >= '%d'::xid8 or o.xid = any ('%s'::xid8[])
         order by o.id
        """
            .formatted(xmax, xip);
    String snapshot = "";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(batch)) {
      while (rows.next()) {
        ids.add(rows.getLong("id"));
        xmax = Math.max(xmax, rows.getLong("xid") + 1);
        snapshot = rows.getString("snapshot");
      }
    }
    if (!snapshot.isEmpty()) {
      xip =
          Sql.text(
              connection,
              """
              select coalesce(array_agg(xip), '{}')
                from pg_snapshot_xip('%s'::pg_snapshot) as xip where xip < '%d'::xid8
              """
                  .formatted(snapshot, xmax));
    }
  }

  List<Long> ids() {
    return ids;
  }

  String xmax() {
    return Long.toString(xmax);
  }

  String xip() {
    return xip;
  }
}
