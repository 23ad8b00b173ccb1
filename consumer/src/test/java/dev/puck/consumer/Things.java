package dev.puck.consumer;

import dev.puck.consumer.SourceTraffic.Change;
import dev.puck.consumer.SourceTraffic.Workload;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** A table whose first rows come, change and go; the others stay as they are. */
record Things(Playground playground, int busy) implements Workload {
  static final String TRUTH =
      "select id::text as key, jsonb_build_object('n', n, 'name', 'thing') as value from thing";

  @Override
  public String schema() {
    return "create table if not exists thing (id int primary key, n int)";
  }

  /** Makes that many, in the table and in the topic. */
  void fill(int count) throws SQLException {
    Sql.run(playground.connection, schema());
    try (Statement statement = playground.connection.createStatement()) {
      long xid =
          SourceTraffic.longOf(
              statement,
              """
              with new as (insert into thing select id, 0 from generate_series(1, %d) as id returning id)
              select pg_current_xact_id()::text from (select count(*) from new) as all_new
              """
                  .formatted(count));
      for (int id = 1; id <= count; id++) {
        playground.sendLatest(Integer.toString(id), value(0), xid);
      }
    }
    playground.flush();
  }

  static String value(int n) {
    return "{\"name\":\"thing\",\"n\":" + n + "}";
  }

  @Override
  public Change change(Statement statement, Random random, int writer, int writers)
      throws SQLException {
    int key = 1 + writer + writers * random.nextInt(busy / writers);
    boolean isGone = random.nextInt(5) == 0;
    int n = random.nextInt(1_000_000);
    String sql =
        isGone
            ? "with gone as (delete from thing where id = %1$d returning id)"
                + " select pg_current_xact_id()::text from (select count(*) from gone) as all_gone"
            : "insert into thing values (%1$d, %2$d) on conflict (id) do update set n = excluded.n"
                + " returning pg_current_xact_id()::text";
    long xid = SourceTraffic.longOf(statement, sql.formatted(key, n));
    return new Change(xid, Integer.toString(key), isGone ? null : value(n));
  }

  @Override
  public void send(Change change) {
    playground.sendLatest(change.key(), change.json(), change.xid());
  }
}
