package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.consumer.config.ConsumerConfig;
import dev.puck.consumer.config.SummaryConfig;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.http.HttpConfig;
import dev.puck.service.retry.TransientException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is wrong at start is said in one clear line, and nothing stays open. */
@ExtendWith(PuckExtension.class)
class StartIT {
  private Playground playground;

  @BeforeEach
  void open(TestEnvironment environment) throws Exception {
    playground = new Playground(environment, 1);
  }

  @AfterEach
  void close() throws Exception {
    playground.close();
  }

  @Test
  void shouldNameMissingTopicsAndTheNearestKnown() throws Exception {
    // Given
    SummaryConfig summary = playground.summary();
    SummaryConfig misspelt =
        new SummaryConfig(
            summary.name(),
            List.of(playground.topic.replace("activity", "activty")),
            summary.target(),
            summary.statement(),
            null,
            null);

    // When, Then
    assertThatThrownBy(() -> start(playground.config(List.of(), List.of(misspelt))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("consumer.summaries[0].topics names '")
        .hasMessageContaining("did you mean '" + playground.topic + "'?")
        .hasMessageContaining("Start the bridge first, which creates it");
  }

  @Test
  void shouldSayThatTheDatabaseIsAway() throws Exception {
    assertThatThrownBy(() -> start(on("postgresql://127.0.0.1:1/downstream")))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("127.0.0.1:1/downstream cannot be reached");
  }

  @Test
  void shouldSayThatTheDatabaseDoesNotExist() throws Exception {
    String url = playground.postgresConfig().url();
    assertThatThrownBy(() -> start(on(url.replaceFirst("/[^/?]+\\?", "/nowhere?"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("that database does not exist");
  }

  @Test
  void shouldSayThatTheStatementIsWrong() throws Exception {
    // Given
    SummaryConfig wrong =
        new SummaryConfig(
            "counters",
            List.of(playground.topic),
            "twcache.nowhere",
            "insert into :target select * from jsonb_to_recordset(:events) as e(id int)",
            null,
            null);

    // When, Then
    assertThatThrownBy(() -> start(playground.config(List.of(), List.of(wrong))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("the statement of summary 'counters'")
        .hasMessageContaining("twcache.nowhere");
  }

  @Test
  void shouldSayThatTheWarmQueryIsWrong() throws Exception {
    // Given
    var cache =
        new dev.puck.consumer.config.ReducerConfig(
            "counters",
            List.of(playground.topic),
            CounterReducer.class.getName(),
            "counters",
            "select messageid as id from twcache.counters",
            null);

    // When, Then
    assertThatThrownBy(
            () -> start(playground.config(List.of(cache), List.of(playground.summary()))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("the warm-query")
        .hasMessageContaining("key");
  }

  private ConsumerConfig on(String url) throws Exception {
    return new ConsumerConfig(
        "demo",
        new PostgresConfig(url, "postgres", null),
        null,
        null,
        List.of(),
        List.of(),
        List.of(playground.summary()),
        "puck.token",
        null,
        new HttpConfig("127.0.0.1", 0, null));
  }

  private void start(ConsumerConfig config) {
    Projector.start(config, playground.kafkaConfig()).close();
  }
}
