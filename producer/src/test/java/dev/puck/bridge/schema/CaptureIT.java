package dev.puck.bridge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;

/** What is captured of ordinary tables, however they are written to. */
@ExtendWith(PuckExtension.class)
class CaptureIT {
  private final TestEnvironment environment;
  private final Connection connection;

  CaptureIT(TestEnvironment environment) throws SQLException {
    this.environment = environment;
    this.connection = environment.connect();
  }

  @BeforeEach
  void install() throws SQLException {
    new SchemaInstaller(connection).install();
    run("create table account (id int primary key, balance numeric, note text)");
    run("select puck.watch('account')");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void shouldCaptureInsertUpdateAndDelete() throws SQLException {
    // When
    run("insert into account values (1, 10.50, 'é')");
    run("update account set balance = 12345678901234567890.10 where id = 1");
    run("delete from account");

    // Then
    assertThat(changes())
        .containsExactly("c account {\"id\":1}", "u account {\"id\":1}", "d account {\"id\":1}");
    String before = "{\"id\":1,\"balance\":\"10.50\",\"note\":\"é\"}";
    String after = "{\"id\":1,\"balance\":\"12345678901234567890.10\",\"note\":\"é\"}";
    assertThat(Outbox.tell(connection, row -> row.oldRow() + " > " + row.newRow()))
        .containsExactly("null > " + before, before + " > " + after, after + " > null");
  }

  @Test
  void shouldCaptureNothingThatIsRolledBack() throws SQLException {
    // When
    run(
        """
        begin;
        insert into account values (1, 1, null);
        savepoint a;
        insert into account values (2, 2, null);
        rollback to a;
        commit;
        begin;
        insert into account values (3, 3, null);
        rollback
        """);

    // Then
    assertThat(changes()).containsExactly("c account {\"id\":1}");
  }

  @Test
  void shouldTellTheOldKeyOfAChangedOne() throws SQLException {
    // Given
    run("insert into account values (1, 1, null)");
    Outbox.clear(connection);

    // When
    run("update account set id = 2");
    run("update account set balance = 2");

    // Then
    assertThat(Outbox.tell(connection, row -> row.oldKey() + " " + row.key()))
        .containsExactly("{\"id\":1} {\"id\":2}", "null {\"id\":2}");
    assertThat(Sql.column(connection, "select old_key || ' ' || key from puck.outbox order by id"))
        .containsExactly("(1) (2)", "null");
  }

  @Test
  void shouldCaptureUpsertsCopyAndMerge() throws Exception {
    // When
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("copy account from stdin", new StringReader("1\t1\ta\n2\t2\tb\n"));
    run(
        """
        insert into account values (2, 3, 'c'), (4, 4, 'd')
        on conflict (id) do update set balance = excluded.balance
        """);
    run("insert into account values (1, 9, 'x') on conflict do nothing");
    run(
        """
        merge into account using (values (1), (5)) as v (id) on account.id = v.id
        when matched then delete when not matched then insert values (v.id, 5, 'e')
        """);

    // Then
    assertThat(changes())
        .containsExactlyInAnyOrder(
            "c account {\"id\":1}",
            "c account {\"id\":2}",
            "u account {\"id\":2}",
            "c account {\"id\":4}",
            "d account {\"id\":1}",
            "c account {\"id\":5}");
  }

  @Test
  void shouldCaptureCascades() throws SQLException {
    // Given
    run(
        """
        create table entry (
          id int primary key,
          account int references account on delete cascade on update cascade)
        """);
    run("select puck.watch('entry')");
    run("insert into account values (1, 1, null), (2, 2, null)");
    run("insert into entry values (10, 1), (20, 2)");
    Outbox.clear(connection);

    // When
    run("update account set id = 3 where id = 1");
    run("delete from account where id = 2");

    // Then
    assertThat(changes())
        .containsExactly(
            "u account {\"id\":3}",
            "u entry {\"id\":10}",
            "d account {\"id\":2}",
            "d entry {\"id\":20}");
  }

  @Test
  void shouldCaptureTruncate() throws SQLException {
    // When
    run("insert into account values (1, 1, null)");
    run("truncate account");

    // Then
    assertThat(changes()).containsExactly("c account {\"id\":1}", "t account -");
  }

  @Test
  void shouldOrderNestedChangesByTheirChain() throws SQLException {
    // Given: whoever touches 1 touches 2 thereafter, twice
    run("insert into account values (1, 0, 'a'), (2, 0, 'a')");
    run(
        """
        create function ripple() returns trigger language plpgsql as $$
        begin
          if new.id = 1 then
            update account set balance = balance + 10 where id = 2;
            update account set balance = balance + 10 where id = 2;
          end if;
          return null;
        end $$;
        create trigger "!ripple" after update on account
          for each row execute function ripple()
        """);
    Outbox.clear(connection);

    // When: one statement changes both, and 1 comes first
    run("update account set balance = balance + 1");

    // Then: captured inside out
    String[] twos = {
      "{\"id\":2,\"balance\":\"1\",\"note\":\"a\"}",
      "{\"id\":2,\"balance\":\"11\",\"note\":\"a\"}",
      "{\"id\":2,\"balance\":\"21\",\"note\":\"a\"}"
    };
    assertThat(Outbox.images(connection))
        .filteredOn(row -> row.contains("\"id\":2"))
        .containsExactly(twos[1], twos[2], twos[0]);
    assertThat(Outbox.chained(connection, row -> String.valueOf(row.newRow())))
        .filteredOn(row -> row.contains("\"id\":2"))
        .containsExactly(twos);
  }

  @Test
  void shouldCaptureTablesWithoutPrimaryKeyWithoutKey() throws SQLException {
    // Given
    run("create table log (line text)");
    run("select puck.watch('log')");

    // When
    run("insert into log values ('a')");
    run("alter table log add column id int generated always as identity primary key");
    run("insert into log values ('b')");

    // Then: and with it from when there is one
    assertThat(changes()).containsExactly("c log -", "c log {\"id\":2}");
  }

  @Test
  void shouldCaptureNamesOfAnyKind() throws SQLException {
    // Given
    run("create schema \"Wörld's \"\"best\"\"\"");
    run(
        """
        create table "Wörld's ""best"\""."täble %s $1" (
          "Kéy'" int, "a%1$s""\\" text, "select" text, primary key ("a%1$s""\\", "Kéy'"))
        """);
    run("select puck.watch('\"Wörld''s \"\"best\"\"\".\"täble %s $1\"')");

    // When
    run("insert into \"Wörld's \"\"best\"\"\".\"täble %s $1\" values (1, 'x', 'y')");

    // Then
    assertThat(Outbox.tell(connection, row -> row.schema() + "|" + row.name() + "|" + row.key()))
        .containsExactly("Wörld's \"best\"|täble %s $1|{\"a%1$s\\\"\\\\\":\"x\",\"Kéy'\":1}");
  }

  @Test
  void shouldFollowAddedRenamedRetypedAndDroppedColumnsInOldSessions() throws SQLException {
    // Given: a session that has run the capture before
    run("insert into account values (1, 1, 'a')");
    try (Connection other = environment.connect()) {
      Sql.run(other, "alter table account add column added int default 7");
      run("update account set balance = 2");
      Sql.run(other, "alter table account alter column id type bigint");
      run("update account set balance = 3");
      Sql.run(other, "alter table account rename column id to number");
      run("update account set balance = 4");
      Sql.run(other, "alter table account drop column note");

      // When
      run("update account set balance = 5");
    }

    // Then
    assertThat(changes())
        .containsExactly(
            "c account {\"id\":1}",
            "u account {\"id\":1}",
            "u account {\"id\":1}",
            "u account {\"number\":1}",
            "u account {\"number\":1}");
    assertThat(Outbox.newest(connection)).isEqualTo("{\"number\":1,\"balance\":\"5\",\"added\":7}");
  }

  @Test
  void shouldWriteTheSameTextWhateverTheSessionsSettings() throws SQLException {
    // Given
    run(
        """
        create table typed (
          id int primary key, b bytea, i interval, t timestamptz, d date, f float8, m money,
          r tstzrange)
        """);
    run("select puck.watch('typed')");
    String insert =
        """
        insert into typed values (
          %s, decode('00ff', 'hex'), interval '1 day 2 hours', timestamptz '2020-01-31 00:00Z',
          date '2020-01-31', 0.1::float8 + 0.2::float8, 1.5::numeric::money,
          tstzrange('2020-01-31 00:00Z', null))
        """;
    run(insert.formatted(1));

    // When
    run(
        """
        set bytea_output = escape; set intervalstyle = sql_standard; set timezone = 'Asia/Tokyo';
        set extra_float_digits = -5
        """);
    // Put back before the driver hears of it, which knows no other date style than ISO.
    run(
        """
        do $$ begin
          set datestyle = 'German';
          %s;
          set datestyle = 'ISO';
        end $$
        """
            .formatted(insert.formatted(2)));

    // Then
    List<String> texts = Sql.column(connection, "select new_row from puck.outbox order by id");
    assertThat(texts.get(1)).isEqualTo(texts.get(0).replace("(1,", "(2,"));
    assertThat(texts.get(0))
        .isEqualTo(
            "(1,\"\\\\x00ff\",P1DT2H,\"2020-01-31 00:00:00+00\",2020-01-31,0.30000000000000004,"
                + "$1.50,\"[\"\"2020-01-31 00:00:00+00\"\",)\")");
  }

  @Test
  void shouldFixTheSettingsOfTypesThatComeLater() throws SQLException {
    // Given: a session that has run the capture, when no type needed any
    run(
        """
        set bytea_output = escape; set timezone = 'Asia/Tokyo'; set intervalstyle = sql_standard;
        insert into account values (1, 1, '1 day')
        """);
    try (Connection other = environment.connect()) {
      Sql.run(other, "alter table account add b bytea, add t timestamptz");
      run(
          """
          update account set b = decode('00ff', 'hex'), t = timestamptz '2020-01-31 00:00Z'
          """);
      Sql.run(other, "alter table account alter note type interval using note::interval");

      // When: also where the catalog is seen as it was
      run("update account set id = 2");
      run(
          """
          begin isolation level repeatable read; update account set id = 3; commit
          """);
    }

    // Then
    String rest = ",\"b\":\"AP8=\",\"t\":\"2020-01-31T00:00:00.000000Z\"}";
    String day = ",\"balance\":\"1\",\"note\":86400000000";
    assertThat(Outbox.images(connection))
        .containsExactly(
            "{\"id\":1,\"balance\":\"1\",\"note\":\"1 day\"}",
            "{\"id\":1,\"balance\":\"1\",\"note\":\"1 day\"" + rest,
            "{\"id\":2" + day + rest,
            "{\"id\":3" + day + rest);
    assertThat(changes()).endsWith("u account {\"id\":2}", "u account {\"id\":3}");
  }

  @Test
  void shouldFixNoSettingsThatNoTypeNeeds() throws SQLException {
    // Given
    run("create domain day_of as date");
    run("create table many (a text[], d day_of, t timestamptz[], r tstzrange, f float4)");
    String needed = "select array_to_string(puck.text_settings('many'), ' ')";

    // When, Then
    assertThat(
            Sql.text(
                connection,
                "select array_to_string(proconfig, ' ') from pg_proc"
                    + " where proname = 'capture_1'"))
        .isEqualTo("search_path=pg_catalog, pg_temp");
    assertThat(Sql.text(connection, needed))
        .isEqualTo("bytea_output datestyle extra_float_digits intervalstyle lc_monetary timezone");
    run("alter table many drop r");
    assertThat(Sql.text(connection, needed)).isEqualTo("datestyle extra_float_digits timezone");
    run("alter table many drop t, drop f, drop d");
    assertThat(Sql.text(connection, needed)).isEmpty();
  }

  @Test
  void shouldLeaveColumnsAndKeysToTheReaderWhileTheTableIsAsItWas() throws SQLException {
    // When: changed, and not
    run("insert into account values (1, 1, 'a')");
    run("begin; alter table account rename id to number; update account set balance = 2; rollback");
    run("update account set balance = 3");
    run("begin; alter table account rename id to number; update account set balance = 4; commit");
    run("update account set balance = 5");

    // Then
    assertThat(
            Sql.column(
                connection,
                """
                select (details).key_columns from puck.outbox_0 order by id
                """))
        .containsExactly("null", "null", "{number}", "{number}");
    assertThat(changes())
        .containsExactly(
            "c account {\"id\":1}",
            "u account {\"id\":1}",
            "u account {\"number\":1}",
            "u account {\"number\":1}");
  }

  @Test
  void shouldTellOfRowsWhatTheirTableWasThen() throws SQLException {
    // Given
    run("insert into account values (1, 1, 'a')");

    // When
    run("select puck.unwatch('account')");
    run("alter table account drop constraint account_pkey, add primary key (note)");
    run("alter table account rename to ledger");
    run("select puck.watch('ledger')");
    run("insert into ledger values (2, 2, 'b')");
    run("drop table ledger");

    // Then
    assertThat(changes()).containsExactly("c account {\"id\":1}", "c ledger {\"note\":\"b\"}");
  }

  @Test
  void shouldSeeChangesBeforeTheApplicationsTriggers() throws SQLException {
    // Given
    run("create function nothing() returns trigger language plpgsql as 'begin return null; end'");
    run(
        """
        create trigger "!a" after insert on account for each row execute function nothing()
        """);

    // When
    assertThat(Sql.column(connection, "select problem from puck.findings()")).isEmpty();
    run(
        """
        create trigger "  a" after insert on account for each row execute function nothing()
        """);

    // Then
    assertThat(Sql.column(connection, "select problem from puck.findings()"))
        .containsExactly("trigger \"  a\" of public.account fires before the capture");
  }

  private void run(String sql) throws SQLException {
    Sql.run(connection, sql);
  }

  private List<String> changes() throws SQLException {
    return Outbox.changes(connection);
  }
}
