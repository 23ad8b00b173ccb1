package dev.puck.lab.endurance;

import dev.puck.lab.bench.stage.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The three tables of the outbox, looked at now and then: a table that lies in another file than
 * before was truncated at least once in between. Used by one thread.
 */
final class OutboxTables {
  private static final int TABLES = 3;
  private static final String LOOK =
      """
      select pg_relation_filenode(name), pg_total_relation_size(name)
        from unnest('{puck.outbox_0,puck.outbox_1,puck.outbox_2}'::regclass[])
             with ordinality as t (name, number)
       order by number
      """;

  private static final String COUNTS =
      """
      select sum(n_tup_ins), sum(n_tup_upd), sum(n_tup_del)
        from pg_stat_user_tables
       where schemaname = 'puck' and relname in ('outbox_0', 'outbox_1', 'outbox_2')
      """;

  private final Database database;
  private final long[] files = new long[TABLES];
  private final Integer[] truncations = {0, 0, 0};

  OutboxTables(Database database) {
    this.database = database;
  }

  /**
   * What PostgreSQL counted in all three since they are there.
   *
   * @param inserted rows, also of transactions that were rolled back
   */
  record Counts(long inserted, long updated, long deleted) {}

  /** Looks, and returns how many bytes the three take, with their indexes. */
  long look() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(LOOK)) {
      long bytes = 0;
      for (int table = 0; row.next(); table++) {
        long file = row.getLong(1);
        if (files[table] != 0 && files[table] != file) {
          truncations[table]++;
        }
        files[table] = file;
        bytes += row.getLong(2);
      }
      return bytes;
    }
  }

  /** How often each was seen to be truncated. */
  List<Integer> truncations() {
    return List.of(truncations);
  }

  /** What PostgreSQL counted; a session's counts come up to a second late, or with its end. */
  Counts counts() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COUNTS)) {
      row.next();
      return new Counts(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }
}
