package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.SQLException;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The bridge finds in a row what the view {@code puck.outbox} tells of it. */
@ExtendWith(PuckExtension.class)
class CaptureKeyIT {
  private final Database database;

  CaptureKeyIT(TestEnvironment environment) throws SQLException {
    this.database = Database.withSchema(environment);
  }

  @AfterEach
  void disconnect() throws SQLException {
    database.close();
  }

  @Test
  void shouldReadWhatTheViewTells() throws SQLException {
    // Given: keys of all kinds, a table renamed and watched anew, filters, and messages
    database.run(
        "create table \"tä\"\"ble\" (v text, \"k\\1\" text, k2 numeric, primary key (k2, \"k\\1\"))",
        "create table log (line text)",
        "create table stock (id int primary key, amount int)",
        "select puck.watch('tä\"ble'), puck.watch('log')",
        "select puck.watch('stock', filter => 'new.amount > 0')");

    // When
    database.run(
        "insert into \"tä\"\"ble\" values ('{\"k2\":', 'é\"\\,}', 1.50), (null, '', 0)",
        "update \"tä\"\"ble\" set v = 'x'",
        "update \"tä\"\"ble\" set k2 = k2 + 1",
        "insert into log values ('a')",
        "insert into stock values (1, 5), (2, 0)",
        "update stock set amount = 3 - amount, id = id + 10",
        "select puck.publish('c', repeat('p', 40000), 'k', '{\"a\": \"b\"}')",
        "update \"tä\"\"ble\" set v = repeat(md5(k2::text), 2000)",
        "alter table \"tä\"\"ble\" rename column k2 to \"k 3\"",
        "alter table \"tä\"\"ble\" rename to renamed",
        "insert into renamed values ('y', 'z', 7)",
        "select puck.unwatch('renamed')",
        "select puck.watch('renamed')",
        "insert into renamed values ('y', 'z', 8)",
        "truncate log",
        "delete from renamed");

    // Then
    List<OutboxRow> read = new CapturedRows(database.connection()).all();
    List<String> viewed =
        database.column(
            "select concat_ws('|', kind, op, schema_name, name, payload, headers)"
                + " from puck.outbox order by id");
    assertThat(read).hasSizeGreaterThan(15);
    assertThat(read.stream().map(CaptureKeyIT::text)).containsExactlyElementsOf(viewed);
    assertThat(read)
        .filteredOn(row -> !row.isMessage())
        .extracting(OutboxRow::key)
        .contains(
            "{\"k2\":\"1.50\",\"k\\\\1\":\"é\\\"\\\\,}\"}",
            "{\"k 3\":\"7\",\"k\\\\1\":\"z\"}",
            "{\"k 3\":\"8\",\"k\\\\1\":\"z\"}");
    // Keys are spelled otherwise, and the same ones are the same.
    assertThat(same(read.stream().map(row -> row.name() + row.key()).toList()))
        .isEqualTo(same(database.column("select concat(name, key) from puck.outbox order by id")));
    assertThat(read.stream().map(row -> row.oldKey() != null).toList())
        .isEqualTo(
            database.column("select old_key is not null from puck.outbox order by id").stream()
                .map("t"::equals)
                .toList())
        .contains(true);
  }

  /** For each, where the first is that is equal to it. */
  private static List<Integer> same(List<String> keys) {
    return keys.stream().map(keys::indexOf).toList();
  }

  private static String text(OutboxRow row) {
    return joined(
        String.valueOf(row.kind()),
        row.op() == OutboxRow.NO_OPERATION ? null : String.valueOf(row.op()),
        row.schema(),
        row.name(),
        row.payload(),
        row.headers());
  }

  private static String joined(@Nullable Object... parts) {
    StringJoiner all = new StringJoiner("|");
    for (@Nullable Object part : parts) {
      if (part != null) {
        all.add(part.toString());
      }
    }
    return all.toString();
  }
}
