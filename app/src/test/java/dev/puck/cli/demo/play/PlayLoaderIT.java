package dev.puck.cli.demo.play;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.puck.cli.sql.Rows;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.lab.tweet.SqlScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PuckExtension.class)
class PlayLoaderIT {
  @TempDir Path directory;

  private TestEnvironment environment;
  private Connection connection;
  private PlayLoader loader;

  @BeforeEach
  void createSchema(TestEnvironment injected) throws SQLException {
    environment = injected;
    connection = environment.connect();
    SqlScript.load("/sql/tweet/schema.sql").run(connection);
    loader = new PlayLoader(connection, LoadProgress.NONE);
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void shouldLetTheDreamsUsersTweetTheDream() throws SQLException {
    // Given
    Play dream = SharedData.dream();

    // When
    LoadedPlay loaded = loader.load(dream);

    // Then
    assertThat(loaded).isEqualTo(new LoadedPlay("A Midsummer Night's Dream", 500, 29));
    assertThat(query("select count(*), count(distinct userid) from tweet.message"))
        .containsExactly("500, 29");
    assertThat(query("select count(*), count(bio) from tweet.users")).containsExactly("29, 29");
    assertThat(query("select count(*) from tweet.follower")).containsExactly("12");
    assertThat(tweetsOf("Hermia")).hasSize(48).contains("I understand not what you mean by this.");
    assertThat(tweetsOf("Peter Quince")).first().isEqualTo("Is all our company here?");
  }

  @Test
  void shouldLoadHamletInItsOrder() throws SQLException {
    // When
    LoadedPlay loaded = loader.load(Play.hamlet());

    // Then
    assertThat(loaded)
        .isEqualTo(new LoadedPlay("The Tragedy of Hamlet, Prince of Denmark", 1138, 35));
    assertThat(query("select count(*), min(messageid), max(messageid) from tweet.message"))
        .containsExactly("1138, 1, 1138");
    assertThat(query("select message from tweet.message order by messageid limit 1"))
        .containsExactly("Who's there?");
    assertThat(
            query(
                """
                select messageid from tweet.message
                 where datetime < (select max(datetime) from tweet.message as earlier
                                    where earlier.messageid < message.messageid)
                """))
        .isEmpty();
    assertThat(query("select count(*) from tweet.users")).containsExactly("35");
  }

  @Test
  void shouldLetTheFirstOfSeveralSpeakersTweet() throws Exception {
    // Given
    Play play = play("Duet", speech("A joint stool.", "FIRST FOOL", "Second Fool"));

    // When
    LoadedPlay loaded = loader.load(play);

    // Then
    assertThat(loaded).isEqualTo(new LoadedPlay("Duet", 1, 2));
    assertThat(query("select uname from tweet.users order by userid"))
        .containsExactly("First Fool", "Second Fool");
    assertThat(tweetsOf("First Fool")).containsExactly("A joint stool.");
  }

  @Test
  void shouldMatchSpeakersToNamesInAnyCase() throws Exception {
    // Given
    execute("insert into tweet.users (uname, nickname) values ('Peter Quince', 'Quince')");
    Play play =
        play("Rehearsal", speech("One", "QUINCE"), speech("Two", "peter quince"), speech("3", "Q"));

    // When
    loader.load(play);

    // Then
    assertThat(tweetsOf("Peter Quince")).containsExactly("One", "Two");
    assertThat(tweetsOf("Q")).containsExactly("3");
  }

  @Test
  void shouldPreferNamesToNicknames() throws Exception {
    // Given
    execute(
        "insert into tweet.users (uname, nickname) values ('Robin Starveling', 'Robin'),"
            + " ('Robin', null)");

    // When
    loader.load(play("Robins", speech("Tweet", "ROBIN")));

    // Then
    assertThat(tweetsOf("Robin")).containsExactly("Tweet");
  }

  @Test
  void shouldAddTweetsButNoUsersWhenLoadedAgain() throws Exception {
    // Given
    Play play = play("Echo", speech("Who's there?", "NARCISSUS"), speech("There?", "Echo"));
    loader.load(play);

    // When
    LoadedPlay again = loader.load(play);

    // Then
    assertThat(again).isEqualTo(new LoadedPlay("Echo", 2, 2));
    assertThat(query("select count(*) from tweet.users")).containsExactly("2");
    assertThat(query("select count(*) from tweet.message")).containsExactly("4");
  }

  @Test
  void shouldLeaveDatabaseWithTweetsAloneIfAsked() throws Exception {
    // Given
    Play play = play("Once", speech("Now", "ALL"));

    // When
    Optional<LoadedPlay> first = loader.loadIfEmpty(play);
    Optional<LoadedPlay> second = loader.loadIfEmpty(play);

    // Then
    assertThat(first).contains(new LoadedPlay("Once", 1, 1));
    assertThat(second).isEmpty();
    assertThat(query("select count(*) from tweet.message")).containsExactly("1");
  }

  @Test
  void shouldReportEachBatch() throws SQLException {
    // Given
    List<String> reports = new ArrayList<>();
    LoadProgress progress = (tweets, total) -> reports.add(tweets + "/" + total);

    // When
    new PlayLoader(connection, progress).load(Play.hamlet());

    // Then
    assertThat(reports).hasSize(12).startsWith("100/1138").endsWith("1100/1138", "1138/1138");
  }

  @Test
  void shouldWriteNothingWhenLoadingFails() throws SQLException {
    // Given
    LoadProgress failing =
        (tweets, total) -> {
          throw new IllegalStateException("no more");
        };

    // When
    assertThatThrownBy(() -> new PlayLoader(connection, failing).load(Play.hamlet()))
        .hasMessage("no more");

    // Then
    assertThat(connection.getAutoCommit()).isTrue();
    assertThat(query("select count(*) from tweet.users")).containsExactly("0");
    assertThat(query("select count(*) from tweet.message")).containsExactly("0");
  }

  @Test
  void shouldWriteNothingOfBrokenPlay() throws Exception {
    // Given
    Path broken = directory.resolve("broken.xml");
    Files.writeString(broken, "<PLAY>" + speech("Alas", "YORICK") + "</PLY>");

    // When
    assertThatThrownBy(() -> loader.load(Play.file(broken))).isInstanceOf(PlayException.class);

    // Then
    assertThat(query("select count(*) from tweet.users")).containsExactly("0");
  }

  @Test
  void shouldJoinTheCallersTransaction() throws Exception {
    // Given
    connection.setAutoCommit(false);

    // When
    loader.load(play("Undone", speech("Out, out", "MACBETH")));
    connection.rollback();

    // Then
    assertThat(query("select count(*) from tweet.message")).containsExactly("0");
  }

  @Test
  void shouldWaitForAnotherLoaderAndSeeItsTweets() throws Exception {
    // Given
    Play play = play("Twice", speech("Double, double", "ALL"));
    connection.setAutoCommit(false);
    loader.load(play);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (Connection other = environment.connect();
        Connection observer = environment.connect()) {
      // When
      Future<Optional<LoadedPlay>> second =
          executor.submit(() -> new PlayLoader(other, LoadProgress.NONE).loadIfEmpty(play));
      await()
          .until(
              () ->
                  !Rows.of(
                          observer,
                          "select 1 from pg_locks where not granted"
                              + " and relation = 'tweet.users'::regclass")
                      .isEmpty());
      connection.commit();

      // Then
      assertThat(second.get(30, SECONDS)).isEmpty();
    } finally {
      executor.shutdownNow();
    }
  }

  private Play play(String title, String... speeches) throws IOException {
    String xml = "<PLAY><TITLE>" + title + "</TITLE>" + String.join("\n", speeches) + "</PLAY>";
    return Play.file(Files.writeString(directory.resolve("play.xml"), xml));
  }

  private static String speech(String line, String... speakers) {
    StringBuilder speech = new StringBuilder("<SPEECH>");
    for (String speaker : speakers) {
      speech.append("<SPEAKER>").append(speaker).append("</SPEAKER>");
    }
    return speech.append("<LINE>").append(line).append("</LINE></SPEECH>").toString();
  }

  private List<String> tweetsOf(String uname) throws SQLException {
    return query(
        "select message from tweet.message join tweet.users using (userid) where uname = '"
            + uname
            + "' order by messageid");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> query(String sql) throws SQLException {
    return Rows.of(connection, sql);
  }
}
