package dev.puck.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.puck.consumer.CounterReducer;
import dev.puck.service.config.ConfigException;
import dev.puck.service.config.ConfigLoader;
import dev.puck.service.config.ConfigReference;
import dev.puck.service.config.Problem;
import dev.puck.service.config.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsumerConfigTest {
  record File(@Setting("The consumer.") ConsumerConfig consumer) {}

  private static final String GOOD =
      """
      consumer:
        name: demo
        postgres: {url: postgresql://127.0.0.1/downstream, user: app, password: "${PGPASSWORD}"}
        reducers:
          - name: counters
            topics: [tweet.activity]
            reducer: REDUCER
            warm-from: counters
            warm-query: select messageid::text as key, to_jsonb(c) as value from twcache.counters as c
        summaries:
          - name: counters
            topics: [tweet.activity]
            target: twcache.counters
            statement-file: counters.sql
        http: {port: 8081}
      """
          .replace("REDUCER", CounterReducer.class.getName());

  @TempDir private Path directory;

  @Test
  void shouldReadTheDocumentedFile() throws Exception {
    // Given
    Files.writeString(directory.resolve("counters.sql"), "select :events, :target");

    // When
    ConsumerConfig config = load(GOOD);

    // Then
    assertThat(config.reducers().get(0).newReducer()).isInstanceOf(CounterReducer.class);
    assertThat(config.summaries().get(0).statementText()).isEqualTo("select :events, :target");
    assertThat(config.summaries().get(0).table().quoted()).isEqualTo("\"twcache\".\"counters\"");
    assertThat(config.http().port()).isEqualTo(8081);
  }

  @Test
  void shouldNameAllProblemsOfAListsElements() {
    assertThat(
            problems(
                GOOD.replace(CounterReducer.class.getName(), "dev.puck.cli.demo.MesageCounters")
                    .replace("target: twcache.counters", "target: counters")))
        .satisfiesExactly(
            reducer ->
                assertThat(reducer)
                    .startsWith(
                        "consumer.reducers[0].reducer is 'dev.puck.cli.demo.MesageCounters'")
                    .contains("not on the class path"),
            target ->
                assertThat(target)
                    .isEqualTo(
                        "consumer.summaries[0].target is 'counters'; write it as SCHEMA.TABLE."),
            file ->
                assertThat(file)
                    .startsWith("consumer.summaries[0].statement-file is '")
                    .contains("cannot be read"));
  }

  @Test
  void shouldRefuseAClassThatIsNoReducer() {
    assertThat(problems(GOOD.replace(CounterReducer.class.getName(), "java.lang.String")).get(0))
        .startsWith("consumer.reducers[0].reducer is 'java.lang.String', which is not a Reducer");
  }

  @Test
  void shouldRefuseStatementsThatAreMissingDoubleOrWithoutEvents() {
    String file = "statement-file: counters.sql";
    assertThat(problems(GOOD.replace(file, "")).get(0))
        .startsWith("consumer.summaries[0].statement is missing");
    assertThat(problems(GOOD.replace(file, "statement: select 1")).get(0))
        .startsWith("consumer.summaries[0].statement has no :events");
    assertThat(problems(GOOD.replace(file, file + "\n      statement: select :events")).get(0))
        .startsWith("consumer.summaries[0].statement and statement-file are both set");
  }

  @Test
  void shouldRefuseAuditsWithoutATruth() throws Exception {
    Files.writeString(directory.resolve("counters.sql"), "select :events, :target");

    assertThat(problems(GOOD + "  audit: {every: 1h}\n"))
        .singleElement()
        .asString()
        .startsWith("consumer.audit compares projections with their truth, and none has one");
    assertThat(problems(GOOD + "  audit: {every: 1h, sample: 0}\n").get(0))
        .startsWith("consumer.audit.sample is 0; it must be 1 or more");
    assertThat(problems(GOOD + "  audit: {every: 1h, sample: 7}\n"))
        .anySatisfy(
            problem -> assertThat(problem).startsWith("consumer.audit.sample is of caches"));
    assertThat(problems(GOOD + "  audit: {every: 0s}\n").get(0))
        .startsWith("consumer.audit.every is ");
  }

  @Test
  void shouldCheckWhatBelongsTogether() {
    // Given
    ReducerConfig cache =
        new ReducerConfig(
            "c", List.of("a", "b"), CounterReducer.class.getName(), "countres", "select", null);
    ReducerConfig other =
        new ReducerConfig(
            "c", List.of("a"), CounterReducer.class.getName(), "counters", "select", null);
    SummaryConfig summary =
        new SummaryConfig("counters", List.of("b"), "a.b", "select :events", null, null);

    // When
    ConfigException found =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                new ConsumerConfig(
                    "demo",
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(cache, other),
                    List.of(summary, summary),
                    "puck.token",
                    null,
                    new dev.puck.service.http.HttpConfig("127.0.0.1", 0, null)));

    // Then
    assertThat(found.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "postgres is missing, and there are summaries; give the database that holds them.",
            "reducers[1].name is 'c', as another's is; give each its own.",
            "summaries[1].name is 'counters', as another's is; give each its own.",
            "reducers[0].warm-from is 'countres', which is no summary of this consumer; did you mean"
                + " 'counters'?",
            "reducers[1].topics is [a], but the summary 'counters' that it warms from reads [b];"
                + " make them the same.");
  }

  @Test
  void shouldDocumentEverySetting() {
    assertThat(ConfigReference.markdown(ConsumerConfig.class))
        .contains("| `reducers[].warm-from` |", "| `summaries[].target` |", "| `postgres.url` |");
  }

  private ConsumerConfig load(String yaml) {
    return new ConfigLoader(Map.of("PGPASSWORD", "secret"))
        .parse(yaml, directory.resolve("puck.yaml"), File.class)
        .consumer();
  }

  private List<String> problems(String yaml) {
    return catchThrowableOfType(ConfigException.class, () -> load(yaml)).problems().stream()
        .map(Problem::toString)
        .toList();
  }
}
