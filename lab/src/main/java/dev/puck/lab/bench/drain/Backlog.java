package dev.puck.lab.bench.drain;

import dev.puck.lab.bench.load.Sale;
import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Slot;
import dev.puck.lab.bench.stage.Source;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** What waits for a bridge. */
enum Backlog {
  /** Messages of about 200 bytes with 10,000 keys. */
  MESSAGES(
      "messages",
      "sale.made",
      """
      perform puck.publish(
                'sale.made',
                format('{"id":%s,"customer":%s,"amount":"%s.99","item":"%s","note":"%s"}',
                  id, id % 10000, id % 1000, 'a girdle round about the earth', repeat('x', 90)),
                'customer ' || id % 10000)
         from generate_series(begin_at, begin_at + 9) as id;
      """),

  /** Inserted rows of a watched table. */
  CAPTURED_ROWS(
      "captured rows",
      "public.sale",
      """
      insert into public.sale (id, customer, amount, item)
      select id, id % 10000, id % 1000, 'a girdle round about the earth, forty minutes, one size'
        from generate_series(begin_at, begin_at + 9) as id;
      """),

  /** The same rows in the WAL. */
  ROWS("rows", "public.sale", CAPTURED_ROWS.add);

  /** The slot that stays before the first of them. */
  private static final String FIRST_SLOT = "bench_first";

  /**
   * Ten rows in a transaction: small ones, as applications have them, and yet not so many that it
   * takes for ever.
   */
  private static final String FILL =
      """
      do $$
      begin
        for begin_at in 0 .. :rows - 1 by 10 loop
          :add
          commit;
        end loop;
      end
      $$
      """;

  private final String text;
  private final String source;
  private final String add;

  Backlog(String text, String source, String add) {
    this.text = text;
    this.source = source;
    this.add = add;
  }

  /** For a person. */
  String text() {
    return text;
  }

  /** For a program. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where a bridge whose topics begin so publishes it. */
  String topic(String prefix) {
    return prefix + source;
  }

  /** Those that a source is measured with. */
  static List<Backlog> of(Source source) {
    return source == Source.OUTBOX ? List.of(MESSAGES, CAPTURED_ROWS) : List.of(ROWS);
  }

  /**
   * Fills outbox or WAL, while no bridge runs.
   *
   * @param rows how many, a multiple of ten; they are numbered from 0
   */
  void prepare(Database database, int rows) throws SQLException {
    database.execute(Sale.createTable("public.sale"));
    if (this == ROWS) {
      firstSlot(database).create("public.sale");
    } else {
      database.execute("select puck.watch('public.sale')");
    }
    database.execute(
        "set synchronous_commit = off",
        "set puck.wake = off",
        FILL.replace(":rows", Integer.toString(rows)).replace(":add", add),
        "checkpoint");
  }

  /** As if nobody had read it yet. */
  void offer(Database database, String bridge) throws SQLException {
    if (this == ROWS) {
      Slot.ofBridge(database, bridge).copy(firstSlot(database));
    } else {
      // The outbox belongs to who reads it first.
      database.execute("delete from puck.bridge");
    }
  }

  /** The bridge has read it, and ended. */
  void takeBack(Database database, String bridge) throws SQLException {
    if (this == ROWS) {
      Slot.ofBridge(database, bridge).drop();
    }
  }

  private static Slot firstSlot(Database database) {
    return new Slot(database, FIRST_SLOT);
  }
}
