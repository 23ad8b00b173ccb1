package dev.puck.lab.endurance;

import dev.puck.lab.bench.stage.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * A watched table, and beside it how often each of its keys was changed. Every change of a key
 * bears the next number, its version, and is counted in the transaction that makes it: so the
 * database knows what is to arrive, whatever became of a commit that nobody answered. Thread-safe.
 *
 * @param database where they are
 */
record Ledger(Database database) {
  static final String TABLE = "public.item";

  /** What {@link Load} leaves alone. */
  static final long CANARY = 0;

  private static final int CYCLE = 8;
  private static final int DELETING = 7;

  private static final String CREATE_TABLES =
      """
      create table public.item (
        id      bigint primary key,
        version bigint not null,
        note    text not null default 'a girdle round about the earth, forty minutes, one size'
      ) with (fillfactor = 50);

      create table public.counted (
        id      bigint primary key,
        version bigint not null
      ) with (fillfactor = 50);
      """;

  /** Changes each key, in that order; a key may be among them more than once. */
  private static final String CREATE_CHANGE =
      """
      create function public.change(keys bigint[]) returns bigint
      language plpgsql as $$
      declare
        key bigint;
        latest bigint;
      begin
        foreach key in array keys loop
          insert into public.counted as c values (key, 1)
              on conflict (id) do update set version = c.version + 1
              returning c.version into latest;
          if latest %% %d = %d then
            delete from public.item where id = key;
          else
            insert into public.item values (key, latest)
                on conflict (id) do update set version = excluded.version;
          end if;
        end loop;
        return latest;
      end
      $$
      """
          .formatted(CYCLE, DELETING);

  /** Makes the tables, empty, and has the one watched. */
  static Ledger create(Database database) throws SQLException {
    database.execute(CREATE_TABLES, CREATE_CHANGE, "select puck.watch('" + TABLE + "')");
    return new Ledger(database);
  }

  /** What a version does: {@code c}, {@code u} or {@code d}, as in an event's {@code op}. */
  static char operation(long version) {
    if (version % CYCLE == DELETING) {
      return 'd';
    }
    return version == 1 || version % CYCLE == 0 ? 'c' : 'u';
  }

  /** Changes a key that nobody else does, and tells its version. */
  long sing() throws SQLException {
    return Long.parseLong(database.ask("select public.change('{" + CANARY + "}')"));
  }

  /**
   * Changes keys that were never changed before, all of them as often, in one transaction with one
   * statement for each version.
   */
  void changeAtOnce(int keys, int versions) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "insert into public.counted select k, %d from generate_series(1, %d) as k"
              .formatted(versions, keys));
      for (int version = 1; version <= versions; version++) {
        statement.execute(statement(version, keys));
      }
      connection.commit();
    }
  }

  /** How often each key was changed. */
  Map<Long, Long> versions() throws SQLException {
    Map<Long, Long> versions = new HashMap<>();
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement("select id, version from public.counted");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        versions.put(row.getLong(1), row.getLong(2));
      }
    }
    return versions;
  }

  private static String statement(int version, int keys) {
    return switch (operation(version)) {
      case 'c' ->
          "insert into public.item select k, %d from generate_series(1, %d) as k"
              .formatted(version, keys);
      case 'd' -> "delete from public.item where id between 1 and " + keys;
      default ->
          "update public.item set version = %d where id between 1 and %d".formatted(version, keys);
    };
  }
}
