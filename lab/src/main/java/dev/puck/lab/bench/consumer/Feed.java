package dev.puck.lab.bench.consumer;

import dev.puck.lab.bench.load.Sale;
import dev.puck.lab.bench.stage.Database;
import java.sql.SQLException;

/** What a bridge has published before consumers read it. */
enum Feed {
  /** Inserted rows: each event has a key of its own. */
  SALES("sale", 1) {
    @Override
    String change() {
      return """
          insert into public.sale (id, customer, amount, item)
          select id, id % 1000, id % 1000, 'a girdle round about the earth, forty minutes, one size'
            from generate_series(begin_at, begin_at + 9) as id;
          """;
    }
  },
  /** Updates of a hundred rows, again and again. */
  STOCK("stock", 5) {
    @Override
    String change() {
      return """
          update public.stock
             set amount = amount + 1
           where id between begin_at % 100 and begin_at % 100 + 9;
          """;
    }
  };

  private static final int HOT_KEYS = 100;

  /** Ten rows in a transaction. */
  private static final String FILL =
      """
      do $$
      begin
        for begin_at in 0 .. :rows - 1 by 10 loop
          :change
          commit;
        end loop;
      end
      $$
      """;

  private final String table;
  private final int part;

  Feed(String table, int part) {
    this.table = table;
    this.part = part;
  }

  /** The name of its table, its database and its bridge. */
  String id() {
    return table;
  }

  /** The name of its bridge. */
  String bridge() {
    return "feed-" + table;
  }

  /** The topic that its bridge publishes to. */
  String topic() {
    return bridge() + ".public." + table;
  }

  /** How many events it has, of so many that are wanted. */
  int events(int wanted) {
    return wanted / part / 10 * 10;
  }

  /** Writes what will be its events, while no bridge runs. */
  void prepare(Database database, int wanted) throws SQLException {
    database.execute(Sale.createTable("public." + table));
    if (this == STOCK) {
      database.execute(
          "insert into public.stock (id, customer, amount, item)"
              + " select id, id, 0, 'a girdle round about the earth, forty minutes, one size'"
              + " from generate_series(0, "
              + (HOT_KEYS - 1)
              + ") as id");
    }
    database.execute(
        "select puck.watch('public." + table + "')",
        "set synchronous_commit = off",
        "set puck.wake = off",
        FILL.replace(":rows", Integer.toString(events(wanted))).replace(":change", change()),
        "checkpoint");
  }

  /** Changes ten rows, of which {@code begin_at} is the first, counted from 0. */
  abstract String change();
}
