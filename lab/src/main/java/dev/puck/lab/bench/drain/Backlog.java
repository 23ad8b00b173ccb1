package dev.puck.lab.bench.drain;

import dev.puck.lab.bench.load.Sale;
import dev.puck.lab.bench.stage.Database;
import java.sql.SQLException;
import java.util.Locale;

/** What waits in the outbox. */
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
      """);

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

  /**
   * Fills the outbox, while no bridge runs.
   *
   * @param rows how many, a multiple of ten; they are numbered from 0
   */
  void prepare(Database database, int rows) throws SQLException {
    database.execute(
        Sale.createTable("public.sale"),
        "select puck.watch('public.sale')",
        "set synchronous_commit = off",
        "set puck.wake = off",
        FILL.replace(":rows", Integer.toString(rows)).replace(":add", add),
        "checkpoint");
  }
}
