package dev.puck.bridge.source.wal.pgoutput;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a real server sends. */
@ExtendWith(PuckExtension.class)
class ReplicationStreamIT {
  private static final String LONG = "string_agg(md5(i::text), '') from generate_series(1, 500) i";

  @Test
  void shouldReadTransactions(TestEnvironment environment) throws SQLException {
    // Given
    run(environment, "create table t (id int primary key)", "create publication p for table t");
    Instant before = Instant.now();
    try (ReplicationStream stream = ReplicationStream.of(environment, "p")) {

      // When
      run(environment, "insert into t select generate_series(1, 2)");
      run(environment, "begin", "insert into t values (8)", "rollback");
      run(
          environment,
          "begin",
          "insert into t values (3)",
          "savepoint s",
          "insert into t values (9)",
          "rollback to s",
          "insert into t values (4)",
          "commit");
      List<PgOutputMessage> messages = stream.all();

      // Then
      assertThat(messages.stream().map(each -> each.getClass().getSimpleName()))
          .containsExactly(
              "Begin",
              "RelationDefinition",
              "Insert",
              "Insert",
              "Commit",
              "Begin",
              "Insert",
              "Insert",
              "Commit");
      assertThat(shown(messages)).containsExactly("+1", "+2", "+3", "+4");
      Begin begin = (Begin) messages.get(0);
      Commit commit = (Commit) messages.get(4);
      assertThat(commit.commitLsn()).isEqualTo(begin.commitLsn());
      assertThat(commit.endLsn()).isGreaterThan(commit.commitLsn());
      assertThat(commit.committedMicros()).isEqualTo(begin.committedMicros());
      assertThat(begin.committedMicros())
          .isBetween(before.toEpochMilli() * 1000, Instant.now().toEpochMilli() * 1000 + 999);
      assertThat(begin.xid()).isPositive().isLessThan(((Begin) messages.get(5)).xid());
    }
  }

  @Test
  void shouldReadPastALargeTransactionThatWasRolledBack(TestEnvironment environment)
      throws SQLException {
    // Given
    run(
        environment,
        "create table t (id int primary key, body text)",
        "create publication p for table t");
    try (ReplicationStream stream =
        ReplicationStream.of(environment, "p", "set logical_decoding_work_mem = '64kB'")) {

      // When
      run(
          environment,
          "begin",
          "insert into t select i, repeat('x', 100) from generate_series(1, 150) as i",
          "savepoint s",
          "insert into t select i, repeat('x', 100) from generate_series(1001, 1400) as i",
          "rollback",
          "insert into t values (1, 'after it')");

      List<PgOutputMessage> messages = stream.all();

      // Then
      if (version(environment) >= 18) {
        assertThat(messages).hasAtLeastOneElementOfType(StreamAbort.class);
      }
      assertThat(shown(messages)).containsExactly("+1,after it");
    }
  }

  @Test
  void shouldTellTheRowBeforeAsTheReplicaIdentityAllows(TestEnvironment environment)
      throws SQLException {
    // Given
    run(
        environment,
        "create table d (id int primary key, u text not null unique, x text)",
        "create table f (like d including all)",
        "create table i (like d including all)",
        "create table n (like d including all)",
        "alter table f replica identity full",
        "alter table i replica identity using index i_u_key",
        "alter table n replica identity nothing",
        "create publication p for table d, f, i",
        "create publication q for table n with (publish = 'insert')");
    try (ReplicationStream stream = ReplicationStream.of(environment, "p,q")) {

      // When
      for (String table : List.of("d", "f", "i", "n")) {
        run(
            environment,
            "insert into " + table + " values (1, 'a', null)",
            "update " + table + " set x = 'y'",
            "update " + table + " set id = 2",
            "update " + table + " set u = 'b'",
            "delete from " + table);
      }
      List<PgOutputMessage> changes = stream.changes();

      // Then
      assertThat(relations(changes))
          .extracting(
              RelationDefinition::name,
              RelationDefinition::replicaIdentity,
              ReplicationStreamIT::keys)
          .containsExactly(
              tuple("d", ReplicaIdentity.DEFAULT, "id"),
              tuple("f", ReplicaIdentity.FULL, "id,u,x"),
              tuple("i", ReplicaIdentity.INDEX, "u"),
              tuple("n", ReplicaIdentity.NOTHING, ""));
      assertThat(shown(changes))
          .containsExactly(
              // d
              "+1,a,null",
              "1,a,y",
              "K1,null,null>2,a,y",
              "2,b,y",
              "-K2,null,null",
              // f
              "+1,a,null",
              "O1,a,null>1,a,y",
              "O1,a,y>2,a,y",
              "O2,a,y>2,b,y",
              "-O2,b,y",
              // i
              "+1,a,null",
              "1,a,y",
              "2,a,y",
              "Knull,a,null>2,b,y",
              "-Knull,b,null",
              // n
              "+1,a,null");
    }
  }

  @Test
  void shouldTellWhatIsStoredOutOfLineOnlyWhenItChanged(TestEnvironment environment)
      throws SQLException {
    // Given
    run(
        environment,
        "create table d (id int primary key, x int, long text)",
        "create table f (like d including all)",
        "alter table f replica identity full",
        "create publication p for table d, f");
    try (ReplicationStream stream = ReplicationStream.of(environment, "p")) {

      // When
      for (String table : List.of("d", "f")) {
        run(
            environment,
            "insert into " + table + " select 1, 1, " + LONG,
            "update " + table + " set x = 2",
            "update " + table + " set long = 'short'");
      }
      List<PgOutputMessage> changes = stream.changes();

      // Then
      List<Update> updates = only(Update.class, changes);
      assertThat(updates).hasSize(4);
      assertThat(updates.get(0).before()).isNull();
      assertThat(updates.get(0).after().isUnchanged(2)).isTrue();
      assertThat(updates.get(1).after().text(2)).isEqualTo("short");
      assertThat(before(updates.get(2)).values().length(2)).isEqualTo(16_000);
      assertThat(updates.get(2).after().isUnchanged(2)).isTrue();
      assertThat(before(updates.get(3)).values().length(2)).isEqualTo(16_000);
    }
  }

  @Test
  void shouldReadTruncates(TestEnvironment environment) throws SQLException {
    // Given
    run(
        environment,
        "create table a (id int primary key)",
        "create table b (id int references a)",
        "create table other (id int)",
        "create publication p for table a, b");
    try (ReplicationStream stream = ReplicationStream.of(environment, "p")) {

      // When
      run(environment, "truncate a, b, other");
      run(environment, "truncate a restart identity cascade");
      List<Truncate> truncates = only(Truncate.class, stream.changes());

      // Then
      assertThat(truncates)
          .extracting(each -> names(each.relations()), Truncate::cascade, Truncate::restartIdentity)
          .containsExactly(tuple("a,b", false, false), tuple("a,b", true, true));
    }
  }

  @Test
  void shouldReadMessages(TestEnvironment environment) throws SQLException {
    // Given
    run(environment, "create publication p");
    try (ReplicationStream stream = ReplicationStream.of(environment, "p")) {

      // When
      run(
          environment,
          "begin",
          "select pg_logical_emit_message(true, 'puck:ç', 'grüße')",
          "select pg_logical_emit_message(true, 'bytes', '\\x00ff'::bytea)",
          "commit");
      run(
          environment,
          "begin",
          "select pg_logical_emit_message(true, 'puck:c', 'never')",
          "select pg_logical_emit_message(false, 'alone', 'anyway')",
          "rollback");
      List<PgOutputMessage> messages = stream.all();

      // Then
      assertThat(messages.stream().map(each -> each.getClass().getSimpleName()))
          .containsExactly("Begin", "LogicalMessage", "LogicalMessage", "Commit", "LogicalMessage");
      LogicalMessage first = (LogicalMessage) messages.get(1);
      assertThat(first.transactional()).isTrue();
      assertThat(first.prefix()).isEqualTo("puck:ç");
      assertThat(first.content().text()).isEqualTo("grüße");
      assertThat(first.lsn()).isPositive();
      assertThat(((LogicalMessage) messages.get(2)).content().toByteArray())
          .isEqualTo(new byte[] {0, (byte) 0xff});
      LogicalMessage alone = (LogicalMessage) messages.get(4);
      assertThat(alone.transactional()).isFalse();
      assertThat(alone.content().text()).isEqualTo("anyway");
    }
  }

  @Test
  void shouldFollowASchemaThatChangesWithinATransaction(TestEnvironment environment)
      throws SQLException {
    // Given
    run(
        environment,
        "create table t (id int primary key, gone int)",
        "create publication p for table t");
    try (ReplicationStream stream = ReplicationStream.of(environment, "p")) {

      // When
      run(
          environment,
          "begin",
          "insert into t values (1, 2)",
          "alter table t add column added numeric(9, 2) default 5",
          "insert into t values (2, 3, 4)",
          "alter table t drop column gone",
          "insert into t values (3, 7)",
          "commit");
      List<PgOutputMessage> changes = stream.changes();

      // Then
      assertThat(shown(changes)).containsExactly("+1,2", "+2,3,4.00", "+3,7.00");
      List<Insert> inserts = only(Insert.class, changes);
      assertThat(columns(inserts.get(0).relation())).isEqualTo("id,gone");
      assertThat(columns(inserts.get(1).relation())).isEqualTo("id,gone,added");
      assertThat(columns(inserts.get(2).relation())).isEqualTo("id,added");
      ColumnDefinition added = inserts.get(2).relation().columns().get(1);
      assertThat(added.typeOid()).isEqualTo(1700);
      assertThat(added.typmod()).isEqualTo((9 << 16 | 2) + 4);
    }
  }

  @Test
  void shouldReadNamesAndTypesOfAnySpelling(TestEnvironment environment) throws SQLException {
    // Given
    run(
        environment,
        "create schema \"Schéma \"\"1\"\"\"",
        "create type \"Schéma \"\"1\"\"\".\"Mood\" as enum ('so', 'lá lá')",
        "create table \"Schéma \"\"1\"\"\".\"Tab.le\" (\"Ключ\" int primary key,"
            + " \"m \"\"q\"\"\" \"Schéma \"\"1\"\"\".\"Mood\")",
        "create publication \"P 1\" for table \"Schéma \"\"1\"\"\".\"Tab.le\"");
    try (ReplicationStream stream = ReplicationStream.of(environment, "\"P 1\"")) {

      // When
      run(environment, "insert into \"Schéma \"\"1\"\"\".\"Tab.le\" values (1, 'lá lá')");
      List<PgOutputMessage> changes = stream.changes();

      // Then
      TypeDefinition type = only(TypeDefinition.class, changes).get(0);
      assertThat(type.schema()).isEqualTo("Schéma \"1\"");
      assertThat(type.name()).isEqualTo("Mood");
      RelationDefinition relation = relations(changes).get(0);
      assertThat(relation.schema()).isEqualTo("Schéma \"1\"");
      assertThat(relation.name()).isEqualTo("Tab.le");
      assertThat(columns(relation)).isEqualTo("Ключ,m \"q\"");
      assertThat(relation.columns().get(1).typeOid()).isEqualTo(type.oid());
      assertThat(shown(changes)).containsExactly("+1,lá lá");
    }
  }

  @Test
  void shouldNameThePartitionOrTheRootAsPublished(TestEnvironment environment) throws SQLException {
    // Given
    run(
        environment,
        "create table whole (id int primary key, v int) partition by range (id)",
        "create table low partition of whole for values from (0) to (10)",
        "create table high (v int, id int not null)",
        "alter table whole attach partition high for values from (10) to (20)",
        "create publication leaves for table whole",
        "create publication root for table whole with (publish_via_partition_root)");
    try (ReplicationStream leaves = ReplicationStream.of(environment, "leaves")) {

      // When
      run(environment, "insert into whole values (1, 7)", "update whole set id = 11");
      List<PgOutputMessage> changes = leaves.changes();

      // Then: the partition's own order of columns
      assertThat(names(relations(changes))).isEqualTo("low,high");
      assertThat(shown(changes)).containsExactly("+1,7", "-K1,null", "+7,11");
    }
    try (ReplicationStream root = ReplicationStream.of(environment, "root")) {

      // When
      run(environment, "update whole set v = 8", "update whole set id = 1", "truncate whole");
      List<PgOutputMessage> changes = root.changes();

      // Then: the partitions are defined, too, but only the root is named
      assertThat(names(relations(changes))).startsWith("whole,high");
      assertThat(only(Update.class, changes).get(0).relation().name()).isEqualTo("whole");
      assertThat(only(Delete.class, changes).get(0).relation().name()).isEqualTo("whole");
      assertThat(only(Insert.class, changes).get(0).relation().name()).isEqualTo("whole");
      assertThat(shown(changes)).containsExactly("11,8", "-K11,null", "+1,8");
      assertThat(names(only(Truncate.class, changes).get(0).relations())).isEqualTo("whole");
    }
  }

  private static int version(TestEnvironment environment) throws SQLException {
    try (Connection connection = environment.connect()) {
      return connection.getMetaData().getDatabaseMajorVersion();
    }
  }

  private static void run(TestEnvironment environment, String... statements) throws SQLException {
    try (Connection connection = environment.connect();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private static <T extends PgOutputMessage> List<T> only(
      Class<T> type, List<PgOutputMessage> messages) {
    return messages.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static List<RelationDefinition> relations(List<PgOutputMessage> messages) {
    return only(RelationDefinition.class, messages);
  }

  private static String names(List<RelationDefinition> relations) {
    return relations.stream().map(RelationDefinition::name).collect(Collectors.joining(","));
  }

  private static String columns(RelationDefinition relation) {
    return relation.columns().stream().map(ColumnDefinition::name).collect(Collectors.joining(","));
  }

  private static String keys(RelationDefinition relation) {
    return relation.columns().stream()
        .filter(ColumnDefinition::key)
        .map(ColumnDefinition::name)
        .collect(Collectors.joining(","));
  }

  /** Changes of rows: {@code +after}, {@code -before}, {@code before>after}. */
  private static List<String> shown(List<PgOutputMessage> messages) {
    List<String> shown = new ArrayList<>();
    for (PgOutputMessage each : messages) {
      if (each instanceof Insert insert) {
        shown.add("+" + shown(insert.after()));
      } else if (each instanceof Update update) {
        shown.add(
            (update.before() == null ? "" : shown(update.before()) + ">") + shown(update.after()));
      } else if (each instanceof Delete delete) {
        shown.add("-" + shown(delete.before()));
      }
    }
    return shown;
  }

  private static String shown(@Nullable OldTuple old) {
    return old == null ? "" : (old.whole() ? "O" : "K") + shown(old.values());
  }

  private static String shown(Tuple tuple) {
    return IntStream.range(0, tuple.size())
        .mapToObj(column -> String.valueOf(tuple.text(column)))
        .collect(Collectors.joining(","));
  }

  private static OldTuple before(Update update) {
    return requireNonNull(update.before());
  }
}
