package dev.puck.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.lab.tweet.SqlScript;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

@ExtendWith(PuckExtension.class)
class TweetSchemaIT {
  private static final List<String> SCRIPTS =
      List.of("schema", "message_with_counters", "notify", "dream-users");

  private static final String END = "end";

  private TestEnvironment environment;
  private Connection connection;

  @BeforeEach
  void createSchema(TestEnvironment injected) throws SQLException {
    environment = injected;
    connection = environment.connect();
    runScripts();
    execute(
        "insert into tweet.message (userid, message) select userid, 'I go, I go' from tweet.users"
            + " where uname = 'Puck'");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void shouldRunTwice() throws SQLException {
    // When
    runScripts();

    // Then
    assertThat(rows("select count(*) from tweet.users")).containsExactly("29");
    assertThat(rows("select count(*) from tweet.follower")).containsExactly("12");
    assertThat(rows("select message from tweet.message")).containsExactly("I go, I go");
  }

  @Test
  void shouldRunInTransaction() throws SQLException {
    // Given
    execute("drop schema tweet cascade");
    connection.setAutoCommit(false);

    // When
    runScripts();
    connection.rollback();

    // Then
    assertThat(rows("select to_regnamespace('tweet')")).containsExactly("null");
  }

  @Test
  void shouldNameTheScriptThatFails() {
    // Given
    SqlScript script = new SqlScript("/sql/broken.sql", "select 1; select 1 / 0");

    // Then
    assertThatThrownBy(() -> script.run(connection))
        .isInstanceOf(SQLException.class)
        .hasMessageStartingWith("/sql/broken.sql failed: ")
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("22012");
  }

  @Test
  void shouldLetLoversFollowWhomTheyLove() throws SQLException {
    assertThat(
            rows(
                """
                select f.uname, string_agg(g.uname, ' and ' order by g.uname)
                  from tweet.follower
                  join tweet.users as f on f.userid = follower.follower
                  join tweet.users as g on g.userid = follower.following
                 group by f.uname
                 order by f.uname
                """))
        .containsExactly(
            "Cobweb, Oberon and Titania",
            "Demetrius, Hermia",
            "Helena, Demetrius",
            "Hermia, Lysander",
            "Lysander, Hermia",
            "Moth, Oberon and Titania",
            "Mustardseed, Oberon and Titania",
            "Peaseblossom, Oberon and Titania");
  }

  @Test
  void shouldCountWhatWasDoneLessWhatWasTakenBack() throws SQLException {
    // Given
    execute("insert into tweet.message (userid, message) values (1, 'Now, fair Hippolyta')");

    // When
    act("rt", "rt", "rt", "de-rt", "fav", "fav", "de-fav");

    // Then
    assertThat(rows("select messageid, rts, favs from tweet.message_with_counters order by 1"))
        .containsExactly("1, 2, 1", "2, 0, 0");
  }

  @Test
  void shouldHaveTheMessagesColumnsBesideTheCounters() throws SQLException {
    assertThat(columns("message_with_counters")).isEqualTo(columns("message"));
  }

  @Test
  void shouldCountTwoActionsOfOneMicrosecond() throws SQLException {
    // When
    execute(
        "insert into tweet.activity (messageid, datetime, action)"
            + " values (1, '2018-07-01', 'rt'), (1, '2018-07-01', 'rt')");

    // Then
    assertThat(rows("select rts from tweet.message_with_counters")).containsExactly("2");
  }

  @Test
  @Timeout(60)
  void shouldNotifyEachActionAsItsDelta() throws SQLException {
    // Given
    try (Connection listener = listen()) {
      // When
      for (String action : List.of("rt", "de-rt", "fav", "de-fav")) {
        act(action);
      }

      // Then
      assertThat(payloads(listener))
          .containsExactly(
              "{\"messageid\":1,\"rts\":1,\"favs\":0}",
              "{\"messageid\":1,\"rts\":-1,\"favs\":0}",
              "{\"messageid\":1,\"rts\":0,\"favs\":1}",
              "{\"messageid\":1,\"rts\":0,\"favs\":-1}");
    }
  }

  @Test
  @Timeout(60)
  void shouldDeliverFourNotificationsOfSevenActionsInOneTransaction() throws SQLException {
    // Given
    try (Connection listener = listen()) {
      // When
      connection.setAutoCommit(false);
      for (String action : List.of("rt", "rt", "de-rt", "fav", "de-fav", "rt", "fav")) {
        act(action);
      }
      connection.commit();

      // Then
      assertThat(rows("select count(*) from tweet.activity")).containsExactly("7");
      assertThat(payloads(listener)).hasSize(4).doesNotHaveDuplicates();
    }
  }

  private void runScripts() throws SQLException {
    for (String script : SCRIPTS) {
      SqlScript.load("/sql/tweet/" + script + ".sql").run(connection);
    }
  }

  private void act(String... actions) throws SQLException {
    for (String action : actions) {
      execute("insert into tweet.activity (messageid, action) values (1, '" + action + "')");
    }
  }

  private Connection listen() throws SQLException {
    Connection listener = environment.connect();
    try (Statement statement = listener.createStatement()) {
      statement.execute("listen \"tweet.activity\"");
    }
    return listener;
  }

  /** All that arrives before a last notification of our own: so none can come later. */
  private List<String> payloads(Connection listener) throws SQLException {
    execute("select pg_notify('tweet.activity', '" + END + "')");
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
    List<String> payloads = new ArrayList<>();
    while (!payloads.contains(END)) {
      for (PGNotification notification :
          listener.unwrap(PGConnection.class).getNotifications(1000)) {
        payloads.add(notification.getParameter());
      }
    }
    return payloads.subList(0, payloads.size() - 1);
  }

  private List<String> columns(String relation) throws SQLException {
    return rows(
        "select attname, atttypid::regtype from pg_attribute where attnum > 0"
            + " and attrelid = 'tweet."
            + relation
            + "'::regclass order by attnum");
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
