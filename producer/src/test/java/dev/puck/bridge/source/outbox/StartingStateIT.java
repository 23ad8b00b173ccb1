package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.Operation;
import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.StartAgainException;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a table has already, and what happens to it meanwhile, make the table. */
@SuppressWarnings("NullAway") // What the test itself gave is there.
@ExtendWith(PuckExtension.class)
class StartingStateIT {
  private final Database database;
  private final TestBridge bridge;

  StartingStateIT(TestEnvironment environment) throws SQLException {
    this.database = Database.withSchema(environment);
    this.bridge = new TestBridge(database);
  }

  @AfterEach
  void disconnect() throws SQLException {
    bridge.close();
    database.close();
  }

  @Test
  void shouldMakeTheTableWhileOthersWriteAndReadersDie() throws Exception {
    // Given
    long seed = System.nanoTime();
    System.out.println("StartingStateIT: seed " + seed);
    Random random = new Random(seed);
    database.run(
        "create table stock (id int primary key, v int)",
        "insert into stock select i, 0 from generate_series(1, 20000) as i",
        "select puck.watch('stock')");
    bridge.start();

    // When
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<?>> writers =
        List.of(threads.submit(() -> write(seed)), threads.submit(() -> write(seed + 1)));
    int deaths = 0;
    while (bridge.heard().started.isEmpty() || deaths == 0) {
      bridge.look();
      if (random.nextInt(3) > 0) {
        bridge.keep();
      } else {
        deaths++;
        bridge.crash();
        bridge.start();
      }
    }
    threads.shutdown();
    for (Future<?> writer : writers) {
      writer.get();
    }
    bridge.drain();

    // Then
    System.out.println("StartingStateIT: " + deaths + " deaths");
    Replica.of(bridge.kept()).hasAllOf(database, "stock");
    assertThat(read(bridge.kept())).hasSizeGreaterThan(19_000);
  }

  /** Rows that are newer than the changes before them would make the change that follows wrong. */
  @Test
  void shouldReadRowsAsOfTheChangesBeforeThem() throws Exception {
    // Given: somebody writes after the outbox was looked into, and before the rows are read
    database.run(
        "create table stock (id int primary key, v int)",
        "insert into stock values (1, 0)",
        "select puck.watch('stock')",
        "select puck.publish('c', 'so that there is something to order')");
    OutboxRules rules =
        new SnapshotRules() {
          @Override
          public List<OutboxRow> order(List<OutboxRow> rows) {
            if (bridge.heard().started.isEmpty()) {
              write("update stock set v = 1");
            }
            return super.order(rows);
          }
        };

    // When
    bridge.following(rules).start().drain();
    List<Change> changes = bridge.drain();

    // Then
    Replica.of(changes).hasAllOf(database, "stock");
    assertThat(read(changes))
        .extracting(row -> String.valueOf(row.after()))
        .containsExactly("{\"id\":1,\"v\":0}");
  }

  private void write(String sql) {
    try {
      database.run(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldReadATableWithoutPrimaryKeyAsAWhole() throws Exception {
    // Given
    database.run(
        "create table log (line text)",
        "insert into log select 'line ' || i from generate_series(1, 3000) as i",
        "select puck.watch('log')");
    bridge.start();
    Batch first = lookUntilNotEmpty();
    assertThat(first.position()).as("not to be seen without the rest").isNull();

    // When: the relay takes its time, others write, and the session ends
    long end = System.nanoTime() + 1_200_000_000L;
    while (System.nanoTime() < end) {
      bridge.source().onBackpressure();
    }
    assertThat(bridge.look().changes()).isNotEmpty();
    assertThat(bridge.keep()).isFalse();
    database.run("insert into log values ('more')");
    bridge.loseConnection();

    // Then
    assertThatThrownBy(bridge::look).isInstanceOf(StartAgainException.class);
    bridge.close();
    bridge.start();
    List<Change> changes = bridge.drain();
    assertThat(changes).hasSize(3_002);
    assertThat(read(changes)).as("and what was added before it was read").hasSize(3_001);
    assertThat(changes.get(0))
        .isInstanceOfSatisfying(
            RowChange.class, row -> assertThat(row.operation()).isEqualTo(Operation.CREATE));
    assertThat(changes.stream().map(change -> ((RowChange) change).origin().id()))
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldNoticeTablesThatAreWatchedLater() throws Exception {
    // Given: also an empty one, and one that was watched before
    bridge.start().drain();
    database.run(
        "create table one (id int primary key)",
        "create table none (id int primary key)",
        "insert into one select generate_series(1, 3)",
        "select puck.watch('one'), puck.watch('none')");

    // When, Then
    Replica.of(bridge.drain()).hasAllOf(database, "one");
    assertThat(bridge.heard().started).containsExactlyInAnyOrder("public.one", "public.none");

    // When: it is watched anew, with rows that nobody captured
    database.run(
        "select puck.unwatch('one')",
        "delete from one where id = 1",
        "insert into one values (4)",
        "select puck.watch('one')");
    List<Change> changes = bridge.drain();

    // Then
    assertThat(read(changes)).hasSize(6);
    assertThat(changes.stream().map(change -> ((RowChange) change).origin().id()))
        .doesNotHaveDuplicates();
    database.run("select puck.watch('one')");
    assertThat(bridge.drain()).as("only with other options").hasSize(6);
  }

  @Test
  void shouldGoOnWithoutATableThatIsGone() throws Exception {
    // Given: two in the middle of their starting state
    database.run(
        "create table dropped (id int primary key)",
        "create table unwatched (id int primary key)",
        "create table kept (id int primary key)",
        "insert into dropped select generate_series(1, 5000)",
        "insert into unwatched select generate_series(1, 5000)",
        "insert into kept select generate_series(1, 5000)",
        "select puck.watch('dropped')");
    bridge.start();
    lookUntilNotEmpty();
    bridge.keep();

    // When
    database.run("drop table dropped", "select puck.watch('unwatched'), puck.watch('kept')");
    bridge.pollUntil(() -> read(bridge.kept()).stream().anyMatch(StartingStateIT::isUnwatched));
    database.run("select puck.unwatch('unwatched')", "insert into kept values (0)");
    bridge.pollUntil(() -> bridge.heard().started.contains("public.kept"));

    // Then
    Replica.of(bridge.kept()).hasAllOf(database, "kept");
    assertThat(bridge.failures()).isEmpty();
    assertThat(bridge.heard().started).containsExactly("public.kept");
  }

  @Test
  void shouldBeginAgainWhereTheKeyWasChanged() throws Exception {
    // Given
    database.run(
        "create table t (id int primary key, other int not null)",
        "insert into t select i, -i from generate_series(1, 3000) as i",
        "select puck.watch('t')");
    bridge.start();
    lookUntilNotEmpty();
    bridge.keep();

    // When
    database.run(
        "alter table t drop constraint t_pkey, add primary key (other)", "select puck.watch('t')");
    bridge.drain();

    // Then
    assertThat(bridge.failures()).isEmpty();
    assertThat(
            read(bridge.kept()).stream()
                .filter(row -> row.key().contains("other"))
                .map(RowChange::key))
        .hasSize(3_000)
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldReadPartitionsAndNamesOfAllKinds() throws Exception {
    // Given
    database.run(
        "create schema \"Lager Süd\"",
        """
        create table "Lager Süd"."Bestand ""neu"" 库" ("Nr. 1" int, "ж" text, v int,
          primary key ("ж", "Nr. 1")) partition by list ("ж");
        create table "Lager Süd".a partition of "Lager Süd"."Bestand ""neu"" 库" for values in ('a');
        create table "Lager Süd".b partition of "Lager Süd"."Bestand ""neu"" 库" for values in ('b');
        """,
        """
        insert into "Lager Süd"."Bestand ""neu"" 库"
        select i, case when i % 2 = 0 then 'a' else 'b' end, 0 from generate_series(1, 1000) as i
        """,
        """
        select puck.watch('"Lager Süd"."Bestand ""neu"" 库"')
        """);
    bridge.start();
    lookUntilNotEmpty();
    bridge.keep();

    // When: rows move past the place where it is, and behind it
    database.run(
        """
        update "Lager Süd"."Bestand ""neu"" 库" set "ж" = case "ж" when 'a' then 'b' else 'a' end
        """);
    bridge.drain();

    // Then
    Replica replica = Replica.of(bridge.kept());
    assertThat(replica.rows("Lager Süd.Bestand \"neu\" 库"))
        .containsExactlyInAnyOrderElementsOf(
            database.column(
                """
                select row_to_json(t)::text from "Lager Süd"."Bestand ""neu"" 库" as t
                """));
  }

  @Test
  void shouldTakeLargeRowsFewAtATime() throws Exception {
    // Given
    database.run(
        "create table doc (id int primary key, body text)",
        "insert into doc select i, repeat('x', 1000000) from generate_series(1, 30) as i",
        "insert into doc select i, '' from generate_series(31, 2000) as i",
        "select puck.watch('doc')");

    // When
    bridge.start();
    long most = 0;
    while (!bridge.heard().started.contains("public.doc")) {
      most = Math.max(most, bridge.look().sizeInBytes());
      bridge.keep();
    }

    // Then
    assertThat(most).isLessThan(6 << 20);
    Replica.of(bridge.kept()).hasAllOf(database, "doc");
    assertThat(bridge.heard().startingRows.get()).isEqualTo(2_000);
  }

  private Batch lookUntilNotEmpty() {
    Batch batch = bridge.look();
    while (batch.isEmpty()) {
      batch = bridge.look();
    }
    return batch;
  }

  /** Updates, inserts and deletes rows, wherever the starting state may be. */
  private Void write(long seed) throws SQLException {
    Random random = new Random(seed);
    try (Database session = database.another()) {
      for (int i = 0; i < 150; i++) {
        int id = 1 + random.nextInt(21_000);
        session.run(
            switch (random.nextInt(4)) {
              case 0 -> "delete from stock where id between " + id + " and " + (id + 3);
              case 1 ->
                  "insert into stock values (" + id + ", 1) on conflict (id) do update set v = 9";
              case 2 ->
                  "update stock set id = -id, v = v + 1 where id = "
                      + id
                      + " and not exists (select from stock where id = -"
                      + id
                      + ")";
              default -> "update stock set v = v + 1 where id between " + id + " and " + (id + 5);
            });
      }
    }
    return null;
  }

  private static List<RowChange> read(List<Change> changes) {
    return changes.stream()
        .filter(RowChange.class::isInstance)
        .map(RowChange.class::cast)
        .filter(row -> row.operation() == Operation.READ)
        .toList();
  }

  private static boolean isUnwatched(RowChange row) {
    return row.relation().table().equals("unwatched");
  }
}
