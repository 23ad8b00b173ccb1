package dev.puck.lab.bench.writers;

import dev.puck.lab.bench.load.Sale;
import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Source;
import java.sql.SQLException;

/** One table for each variant. */
final class WritersDatabase {
  private static final String CAPTURE =
      """
      select pg_get_functiondef(t.tgfoid)
        from pg_trigger as t
       where t.tgrelid = '%s'::regclass and t.tgname = ' puck_capture'
      """;

  private static final String BARE_TRIGGER =
      """
      create table second_row (
        id bigserial, xid xid8 not null default pg_current_xact_id(), relid oid, row text);

      create function add_second_row() returns trigger language plpgsql as $$
      begin
        insert into second_row (relid, row) values (tg_relid, new::text);
        return null;
      end
      $$;

      create trigger second_row after insert on %s
        for each row execute function add_second_row();
      """;

  /** What decides, in the function that captures, not to notify. */
  private static final String IF_AWAKE = "if state >= 4 then";

  private static final String NEVER = "if state < 0 then";

  private WritersDatabase() {}

  static void prepare(Database database) throws SQLException {
    for (Variant variant : Variant.of(Source.OUTBOX, false)) {
      database.execute(Sale.createTable(variant.table()));
    }
    database.execute(BARE_TRIGGER.formatted(Variant.BARE_TRIGGER.table()));
    watch(database, Variant.ADAPTIVE);
    watch(database, Variant.NOTIFY_EACH);
    String capture = database.ask(CAPTURE.formatted(Variant.NOTIFY_EACH.table()));
    if (!capture.contains(IF_AWAKE)) {
      throw new IllegalStateException(
          "The function that captures does not say '" + IF_AWAKE + "' any more: " + capture);
    }
    database.execute(capture.replace(IF_AWAKE, NEVER));
  }

  private static void watch(Database database, Variant variant) throws SQLException {
    database.execute("select puck.watch('" + variant.table() + "')");
  }
}
