package dev.puck.lab.proof.workload;

import java.sql.Connection;
import java.sql.SQLException;

/** What a transaction can do to the tables of {@code workload.sql}, one statement or a few. */
final class Steps {
  private static final int HOT_ROWS = 24;
  private static final int NESTS = 8;
  private static final int LARGE_ROWS = 5;
  private static final int MANY_ROWS = 12_000;
  private static final String NEXT = "ver = ver + 1, eid = nextval('prove.eid')";

  private Steps() {}

  /** Changes a hot row, which is made again where somebody deleted it. */
  static void upsert(Session session) throws SQLException {
    upsert(session, hot(session));
  }

  static void changeMany(Session session) throws SQLException {
    int first = hot(session);
    session.run(
        "update prove.account set %s, note = %s where id between %d and %d",
        NEXT, session.note(), first, first + 3);
  }

  /** Writes a new version of a row that says the same. */
  static void changeNothing(Session session) throws SQLException {
    session.run("update prove.account set note = note where id = %d", hot(session));
  }

  static void reinsert(Session session) throws SQLException {
    int id = hot(session);
    if (session.run("delete from prove.account where id = %d", id) > 0 && session.any(3) > 0) {
      session.run("insert into prove.account (id, ver) values (%d, 0)", id);
    }
  }

  static void insert(Session session) throws SQLException {
    session.run(
        """
        insert into prove.account (id, ver, note, amount, active)
        select nextval('prove.id'), 0, %s, n * 1.10, n %% 2 = 0 from generate_series(1, %d) as n
        """,
        session.note(), 1 + session.any(4));
  }

  static void changeKey(Session session) throws SQLException {
    session.run(
        "update prove.account set id = nextval('prove.id'), %s where id = (%s)",
        NEXT, cold("account"));
  }

  static void delete(Session session) throws SQLException {
    session.run("delete from prove.account where id = (%s)", cold("account"));
  }

  /** One statement over four rows that a trigger ripples through. */
  static void nest(Session session) throws SQLException {
    int first = 4 * session.any(NESTS);
    session.run(
        "update prove.nest set %s, note = %s where id between %d and %d",
        NEXT, session.note(), first, first + 3);
  }

  /** Makes, moves to another partition, or deletes. */
  static void move(Session session) throws SQLException {
    int id = 1 + session.any(HOT_ROWS);
    int region = session.any(4);
    int moved =
        session.run("update prove.parted set region = %d, %s where id = %d", region, NEXT, id);
    if (moved == 0) {
      session.run(
          "insert into prove.parted (id, region, ver) values (%d, %d, 0) on conflict do nothing",
          id, region);
    } else if (session.any(5) == 0) {
      session.run("delete from prove.parted where id = %d", id);
    }
  }

  static void empty(Session session) throws SQLException {
    if (session.any(12) == 0) {
      session.run("truncate prove.emptied");
    }
    session.run(
        """
        insert into prove.emptied as e (id, ver, note) values (%1$d, 0, %2$s), (%1$d + 50, 0, null)
        on conflict (id) do update set ver = e.ver + 1, eid = nextval('prove.eid')
        """,
        1 + session.any(HOT_ROWS), session.note());
  }

  static void copy(Session session) throws SQLException {
    session.copy("prove.copied (ver, note)", "0\tcopied\n1\t\\N\n".repeat(5 + session.any(20)));
    session.run("delete from prove.copied where id = (%s)", cold("copied"));
  }

  /** One transaction, of whose rows many share one place in the WAL. */
  static void copyMany(Connection connection) throws SQLException {
    Session.copy(connection, "prove.copied (ver, note)", "0\tone of many\n".repeat(MANY_ROWS));
  }

  /** A row of which the WAL has, once it is changed, no more than the key it had before. */
  static void keyed(Session session) throws SQLException {
    int id = hot(session);
    switch (session.any(7)) {
      case 0 -> session.run("delete from prove.keyed where id = %d", id);
      case 1 -> session.run("delete from prove.keyed where id = (%s)", cold("keyed"));
      case 2 ->
          session.run(
              "update prove.keyed set id = nextval('prove.id'), %s where id = %d", NEXT, id);
      case 3, 4 ->
          session.run(
              "update prove.keyed set %s, note = %s where id = %d", NEXT, session.note(), id);
      default ->
          session.run(
              """
              insert into prove.keyed as k (id, ver, body)
              values (%d, 0, repeat(md5(random()::text), 100))
              on conflict (id) do update
                 set ver = k.ver + 1, eid = nextval('prove.eid'), body = excluded.body
              """,
              id);
    }
  }

  static void journal(Session session) throws SQLException {
    session.run(
        "insert into prove.journal (id, ver, note) values (%d, 0, %s)",
        session.any(1_000), session.note());
  }

  /** Changes the long column, or leaves it alone. */
  static void large(Session session) throws SQLException {
    int id = 1 + session.any(LARGE_ROWS);
    if (session.any(3) > 0
        && session.run(
                "update prove.large set %s, note = %s where id = %d", NEXT, session.note(), id)
            > 0) {
      return;
    }
    session.run(
        """
        insert into prove.large as l (id, ver, body)
        values (%d, 0, repeat(md5(random()::text), 3200))
        on conflict (id) do update
           set ver = l.ver + 1, eid = nextval('prove.eid'), body = excluded.body
        """,
        id);
  }

  /** Publishes under the key of a hot row while its lock is held. */
  static void publish(Session session) throws SQLException {
    int id = hot(session);
    upsert(session, id);
    publish(session, Integer.toString(id));
  }

  /** Publishes under a key that nobody else has. */
  static void publishAlone(Session session) throws SQLException {
    publish(session, "own " + session.number("select nextval('prove.id')"));
  }

  /** Does to a table, which is about to be watched, this and that. */
  static void changeLate(Session session, String table, int rows) throws SQLException {
    int id = 1 + session.any(rows);
    switch (session.any(6)) {
      case 0 ->
          session.run("insert into %s (id, ver) values (nextval('prove.id') + %d, 0)", table, rows);
      case 1 -> session.run("delete from %s where id = %d", table, id);
      case 2 ->
          session.run(
              "update %s set id = nextval('prove.id') + %d, %s where id = %d",
              table, rows, NEXT, id);
      default ->
          session.run("update %s set %s, note = %s where id = %d", table, NEXT, session.note(), id);
    }
  }

  private static void publish(Session session, String key) throws SQLException {
    long eid = session.number("select nextval('prove.eid')");
    String payload = "{\"eid\":%d,\"key\":\"%s\",\"text\":\"it is said\"}".formatted(eid, key);
    session.run(
        "insert into prove.sent (eid, channel, key, payload) values (%d, 'note', '%s', '%s')",
        eid, key, payload);
    session.run("select puck.publish('note', '%s'::text, '%s')", payload, key);
  }

  /** Leaves the row locked, whether it was there or not. */
  private static void upsert(Session session, int id) throws SQLException {
    session.run(
        """
        insert into prove.account as a (id, ver, note, amount) values (%d, 0, %s, 12.50)
        on conflict (id) do update
           set ver = a.ver + 1, eid = nextval('prove.eid'), note = excluded.note
        """,
        id, session.note());
  }

  private static int hot(Session session) {
    return 1 + session.any(HOT_ROWS);
  }

  /** Some row that is not hot; nobody waits for one that is locked. */
  private static String cold(String table) {
    return "select id from prove.%s where id >= 1000 order by id limit 1 for update skip locked"
        .formatted(table);
  }
}
