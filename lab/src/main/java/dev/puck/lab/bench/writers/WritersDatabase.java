package dev.puck.lab.bench.writers;

import dev.puck.lab.bench.load.Sale;
import dev.puck.lab.bench.stage.Database;
import java.sql.SQLException;

/** One table for each variant. */
final class WritersDatabase {
  private static final String CAPTURE =
      """
      select pg_get_functiondef(t.tgfoid)
        from pg_trigger as t
       where t.tgrelid = '%s'::regclass and t.tgname = ' puck_capture'
      """;

  /** What decides, in the function that captures, whether to notify. */
  private static final String IF_ASLEEP =
      "if coalesce(pg_sequence_last_value('puck.state'), 0) < 4";

  private static final String ALWAYS = "if coalesce(pg_sequence_last_value('puck.state'), 0) >= 0";

  private WritersDatabase() {}

  static void prepare(Database database) throws SQLException {
    for (Variant variant : Variant.values()) {
      database.execute(Sale.createTable(variant.table()));
    }
    watch(database, Variant.ADAPTIVE);
    watch(database, Variant.NOTIFY_EACH);
    String capture = database.ask(CAPTURE.formatted(Variant.NOTIFY_EACH.table()));
    if (!capture.contains(IF_ASLEEP)) {
      throw new IllegalStateException(
          "The function that captures does not say '" + IF_ASLEEP + "' any more: " + capture);
    }
    database.execute(capture.replace(IF_ASLEEP, ALWAYS));
  }

  private static void watch(Database database, Variant variant) throws SQLException {
    database.execute("select puck.watch('" + variant.table() + "')");
  }
}
