package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.Message;
import dev.puck.bridge.source.RowChange;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is too large for memory is read in parts, from any of which another process goes on. */
@SuppressWarnings("NullAway") // What the test itself gave is there.
@ExtendWith(PuckExtension.class)
class LargeBatchIT {
  private final Database database;
  private final TestBridge bridge;

  LargeBatchIT(TestEnvironment environment) throws SQLException {
    this.database = Database.withSchema(environment);
    this.bridge = new TestBridge(database).withoutStartingState();
  }

  @AfterEach
  void disconnect() throws SQLException {
    bridge.close();
    database.close();
  }

  @Test
  void shouldReadInPartsAndGoOnFromEach() throws Exception {
    // Given: 20,000 rows in one transaction, a transaction that is captured inside out over more
    // than a part, and one that others were in between of
    database.run(
        "create table t (id int primary key, v int)",
        "select puck.watch('t')",
        """
        create function others() returns trigger language plpgsql as $$
        begin update t set v = v + 10 where new.id = 1 and id between 5 and 7000; return null; end
        $$;
        create trigger others after update on t for each row when (pg_trigger_depth() = 0)
          execute function others()
        """);
    bridge.start().drain();
    try (Database other = database.another()) {
      other.run("begin", "select puck.publish('c', 'before')");
      database.run(
          "insert into t select i, 0 from generate_series(1, 20000) as i",
          "update t set v = v + 1 where id <= 7000");
      other.run("select puck.publish('c', 'after')", "commit");
    }

    // When: it dies after every part, while others write
    int parts =
        dyingAfterEachPart(part -> database.run("select puck.publish('c', 'part " + part + "')"));
    bridge.drain();

    // Then
    assertThat(parts).isGreaterThan(5);
    Replica.of(bridge.kept()).hasAllOf(database, "t");
    assertThat(bridge.messages("c"))
        .containsExactlyElementsOf(
            Stream.concat(
                    Stream.of("before", "after"),
                    IntStream.range(0, parts).mapToObj(part -> "part " + part))
                .toList());
    try (TestBridge steady = new TestBridge(database).withoutStartingState()) {
      assertThat(ids(steady.fromBeginningOf(bridge).start().drain())).isEqualTo(ids(bridge.kept()));
    }
  }

  @Test
  void shouldReadLargeRows() throws Exception {
    // Given: small ones before, so that many would be fetched at once; the second half compressible
    database.run("create table t (id int primary key, v int, doc text)", "select puck.watch('t')");
    bridge.start().drain();
    database.run(
        "begin",
        "insert into t select i, 0, '' from generate_series(1, 3000) as i",
        """
        insert into t
        select i, 0, (select string_agg(md5(i || '/' || j), '') from generate_series(1, 4000) as j)
          from generate_series(3001, 3040) as i
        """,
        "insert into t select i, 0, repeat('x', 1000000) from generate_series(3041, 3060) as i",
        "update t set v = 1 where id > 3050",
        "select puck.publish('doc', repeat('y', 3000000))",
        "commit");

    // When
    List<Change> changes = bridge.drain();

    // Then
    Replica.of(changes).hasAllOf(database, "t");
    assertThat(bridge.messages("doc")).containsExactly("y".repeat(3_000_000));
  }

  /** Of which none may be lost or repeated where a part ends between them. */
  @Test
  void shouldGoOnBetweenRowsThatFollowOneAnother() throws Exception {
    // Given: two rows wait for one that is captured last, with much between
    database.run(
        "create table t (id int primary key, v int, doc text)",
        "select puck.watch('t')",
        "insert into t values (1, 0, ''), (2, 0, '')",
        """
        create function again() returns trigger language plpgsql as $$
        begin
          if old.v = 0 and old.id = 1 then
            insert into t values (2, 5, repeat('x', 3000000));
            update t set v = 6 where id = 2;
            update t set v = 7 where id = 2;
            insert into t select i, 0, '' from generate_series(3, 11000) as i;
          end if;
          return null;
        end $$;
        create trigger again after delete on t for each row execute function again()
        """);
    bridge.start().drain();
    database.run("delete from t");

    // When
    dyingAfterEachPart(part -> {});
    bridge.drain();

    // Then
    Replica.of(bridge.kept()).hasAllOf(database, "t");
    assertThat(
            bridge.kept().stream()
                .filter(change -> change instanceof RowChange row && isKey2(row.key()))
                .map(change -> ((RowChange) change).operation().code())
                .collect(Collectors.joining()))
        .isEqualTo("cdcuu");
  }

  @Test
  void shouldLetGoOfItsTransactionUnderBackpressure() throws Exception {
    // Given
    database.run("select puck.publish('c', i::text) from generate_series(1, 15000) as i");
    bridge.start();
    try (OutboxSession session = bridge.session()) {
      BacklogReader backlog = new BacklogReader(false, Duration.ZERO);
      backlog.begin();
      BacklogReader.Part part = backlog.read(session, bridge.position(), Instant.EPOCH);
      assertThat(openTransactions()).isEqualTo(1);

      // When: nobody takes it for some time
      backlog.onBackpressure(session);
      assertThat(backlog.isOpen()).isTrue();
      backlog.onBackpressure(session);

      // Then
      assertThat(openTransactions()).isZero();
      List<OutboxRow> rows = new ArrayList<>(part.rows());
      while (backlog.hasMore(part.after())) {
        part = backlog.read(session, part.after(), Instant.EPOCH);
        rows.addAll(part.rows());
      }
      assertThat(rows)
          .extracting(row -> String.valueOf(row.payload()))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 15_000).mapToObj(Integer::toString).toList());
    }
  }

  /** How many parts there were. */
  private int dyingAfterEachPart(Between between) throws Exception {
    int parts = 0;
    bridge.pollUntil(this::isWithin);
    while (isWithin()) {
      between.run(parts++);
      bridge.crash();
      bridge.start();
      bridge.look();
      bridge.keep();
    }
    return parts;
  }

  private boolean isWithin() {
    return bridge.position().unfinished() != null;
  }

  private interface Between {
    void run(int part) throws SQLException;
  }

  private long openTransactions() throws SQLException {
    return database.number(
        """
        select count(*) from pg_stat_activity
         where application_name like 'test bridge %' and state = 'idle in transaction'
        """);
  }

  private static boolean isKey2(@Nullable String key) {
    return "{\"id\":2}".equals(key);
  }

  private static List<String> ids(List<Change> changes) {
    return changes.stream()
        .map(
            change ->
                change instanceof RowChange row
                    ? row.origin().id()
                    : ((Message) change).origin().id())
        .toList();
  }
}
