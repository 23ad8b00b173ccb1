package dev.puck.lab.bench.stage;

import java.sql.SQLException;

/** Where the bridges of a bench read changes. */
public enum Source {
  /** Captures by triggers. */
  OUTBOX("replica") {
    @Override
    public void capture(Database database, String table, String bridge) throws SQLException {
      database.execute("select puck.watch('" + table + "')");
    }

    @Override
    public void release(Database database, String bridge) {
      // What the outbox has costs nobody anything.
    }
  },

  /** Logical decoding. */
  WAL("logical") {
    @Override
    public void capture(Database database, String table, String bridge) throws SQLException {
      Slot.ofBridge(database, bridge).create(table);
    }

    @Override
    public void release(Database database, String bridge) throws SQLException {
      Slot.ofBridge(database, bridge).drop();
    }
  };

  private final String walLevel;

  Source(String walLevel) {
    this.walLevel = walLevel;
  }

  /** Keeps the table's changes from now on for the bridge of that name. */
  public abstract void capture(Database database, String table, String bridge) throws SQLException;

  /** No more for that bridge, which has ended. */
  public abstract void release(Database database, String bridge) throws SQLException;

  /** What PostgreSQL must write for it. */
  String walLevel() {
    return walLevel;
  }
}
