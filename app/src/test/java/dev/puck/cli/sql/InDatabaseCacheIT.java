package dev.puck.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.lab.tweet.SqlScript;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept inside the database equals the truth, but for what is there to show a race. */
@ExtendWith(PuckExtension.class)
@Timeout(120)
class InDatabaseCacheIT {
  private static final List<String> STRATEGIES =
      List.of(
          "view",
          "update_in_place",
          "materialized_view",
          "trigger_row",
          "trigger_statement",
          "daily_counters");

  private static final String ACTIVE =
      " where messageid in (select messageid from tweet.activity) order by messageid";
  private static final String TRUTH =
      "select messageid, rts, favs from tweet.message_with_counters" + ACTIVE;
  private static final String DAILY_TRUTH =
      """
      select (datetime at time zone 'UTC')::date as day,
             count(*) filter (where action = 'rt'),
             count(*) filter (where action = 'de-rt'),
             count(*) filter (where action = 'fav'),
             count(*) filter (where action = 'de-fav')
        from tweet.activity
       group by day
       order by day
      """;

  private TestEnvironment environment;
  private Connection connection;

  @BeforeEach
  void createSchema(TestEnvironment injected) throws SQLException {
    environment = injected;
    connection = environment.connect();
    SqlScript.load("/sql/tweet/schema.sql").run(connection);
    SqlScript.load("/sql/tweet/message_with_counters.sql").run(connection);
    execute("insert into tweet.users (uname) values ('Puck')");
    execute(
        "insert into tweet.message (userid, message)"
            + " select 1, 'I go, I go' from generate_series(1, "
            + ActivityWriters.MESSAGES
            + ")");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void shouldEqualTheTruthAfterConcurrentWrites() throws Exception {
    // Given
    install("view", "materialized_view", "trigger_row", "trigger_statement", "daily_counters");

    // When: rows are added, changed and removed, one at a time and many
    ActivityWriters.ofTheTable(environment).run();
    execute("refresh materialized view concurrently twcache.counters_matview");

    // Then
    assertTruth("counters_view", "counters_matview", "counters_by_row", "counters_by_statement");
    assertThat(rows("select * from twcache.daily_counters order by day"))
        .containsExactlyElementsOf(rows(DAILY_TRUTH));
  }

  @Test
  void shouldEqualTheTruthAfterConcurrentUpdatesInPlace() throws Exception {
    // Given
    install(STRATEGIES.toArray(String[]::new));

    // When
    ActivityWriters.ofTheFunction(environment).run();

    // Then
    assertTruth("counters_in_place", "counters_by_row", "counters_by_statement");
  }

  @Test
  void shouldBeAsOldAsTheLastRefresh() throws Exception {
    // Given
    install("materialized_view");

    // When
    act(connection, "rt");

    // Then
    assertThat(rows("select * from twcache.counters_matview")).isEmpty();
    execute("refresh materialized view concurrently twcache.counters_matview");
    assertThat(rows("select * from twcache.counters_matview")).containsExactly("1, 1, 0");
  }

  @Test
  void shouldCountAnewWhenRunAgainAndForgetWhatIsTruncated() throws Exception {
    // Given
    act(connection, "rt");
    install(STRATEGIES.toArray(String[]::new));
    act(connection, "rt");
    execute("update twcache.counters_by_row set rts = 99");
    execute("delete from twcache.counters_by_statement");

    // When
    install(STRATEGIES.toArray(String[]::new));

    // Then
    assertTruth("counters_by_row", "counters_by_statement");
    execute("truncate tweet.activity");
    assertThat(rows("select * from twcache.counters_by_row")).isEmpty();
    assertThat(rows("select * from twcache.counters_by_statement")).isEmpty();
    assertThat(rows("select * from twcache.daily_counters")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"daily_counters_racy", "daily_counters"})
  void shouldLoseAnActionOnADaysFirstOnlyWhereItIsRacy(String strategy) throws Exception {
    // Given: one session has inserted the day, and not committed it
    install(strategy);
    try (Connection first = environment.connect();
        Connection second = environment.connect()) {
      first.setAutoCommit(false);
      act(first, "rt");

      // When: another, which cannot see that row, inserts it too, and the first commits
      CompletableFuture<Void> late = CompletableFuture.runAsync(() -> actOrThrow(second, "fav"));
      await().until(this::isSomeoneBlocked);
      first.commit();

      // Then
      if (strategy.endsWith("_racy")) {
        assertThatThrownBy(late::join)
            .isInstanceOf(CompletionException.class)
            .rootCause()
            .extracting(e -> ((SQLException) e).getSQLState())
            .isEqualTo("23505");
        assertThat(rows("select rts, favs from twcache.daily_counters_racy"))
            .containsExactly("1, 0");
      } else {
        late.join();
        assertThat(rows("select rts, favs from twcache.daily_counters")).containsExactly("1, 1");
      }
    }
  }

  private boolean isSomeoneBlocked() throws SQLException {
    return !rows("select pid from pg_stat_activity where datname = current_database()"
            + " and cardinality(pg_blocking_pids(pid)) > 0")
        .isEmpty();
  }

  private void assertTruth(String... caches) throws SQLException {
    List<String> truth = rows(TRUTH);
    assertThat(truth).isNotEmpty();
    for (String cache : caches) {
      assertThat(rows("select messageid, rts, favs from twcache." + cache + ACTIVE))
          .as(cache)
          .containsExactlyElementsOf(truth);
    }
  }

  private void install(String... strategies) throws SQLException {
    for (String each : strategies) {
      SqlScript.load("/sql/cache/" + each + ".sql").run(connection);
    }
  }

  private static void actOrThrow(Connection session, String action) {
    try {
      act(session, action);
    } catch (SQLException e) {
      throw new CompletionException(e);
    }
  }

  private static void act(Connection session, String action) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(
          "insert into tweet.activity (messageid, action) values (1, '" + action + "')");
    }
  }

  private List<String> rows(String sql) throws SQLException {
    return Rows.of(connection, sql);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
