package dev.puck.lab.bench.consumer;

import dev.puck.lab.bench.stage.Database;
import java.sql.SQLException;

/** The summary of the bench: what each of a thousand customers bought. */
final class Totals {
  /** As a summary has it. */
  static final String STATEMENT =
      """
      insert into :target as totals (customer, sales, amount)
           select (after->>'customer')::integer, count(*), sum((after->>'amount')::numeric)
             from jsonb_to_recordset(:events) as event(after jsonb)
         group by 1
         order by 1
      on conflict (customer)
        do update
              set sales = totals.sales + excluded.sales,
                  amount = totals.amount + excluded.amount;
      """;

  private Totals() {}

  /** Makes a table for it. */
  static void create(Database database, String target) throws SQLException {
    database.execute(
        "create table "
            + target
            + " (customer integer primary key, sales bigint not null, amount numeric not null)");
  }

  /** How many sales it has counted. */
  static long sales(Database database, String target) throws SQLException {
    return Long.parseLong(database.ask("select coalesce(sum(sales), 0) from " + target));
  }

  /** The statement for that table, as the driver takes it. */
  static String sql(String target) {
    return STATEMENT.replace(":target", target).replace(":events", "?::jsonb");
  }
}
