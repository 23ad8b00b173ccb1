package dev.puck.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.puck.bridge.checkpoint.Checkpoint;
import dev.puck.service.config.ConfigException;
import dev.puck.service.config.ConfigLoader;
import dev.puck.service.config.Problem;
import dev.puck.service.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BridgeConfigTest {
  private static final Path FILE = Path.of("/etc/puck/puck.yaml");

  /** As the file is: the bridge's section beside others. */
  record Settings(@Setting("The bridge.") BridgeConfig bridge) {}

  @Test
  void shouldNeedNoMoreThanADatabaseAndAChannel() {
    // When
    BridgeConfig config =
        load(
            """
            bridge:
              postgres: {url: "postgresql://db1:5432/app"}
              routes:
                - {channel: tweet.activity}
            """);

    // Then
    assertThat(config.name()).isEqualTo("puck");
    assertThat(config.source()).isEqualTo(SourceType.NOTIFY);
    assertThat(config.topicOf(config.routes().get(0))).isEqualTo("tweet.activity");
    assertThat(config.topics()).isEqualTo(new TopicsConfig(null, 6, -1));
    assertThat(config.queueMaxBytes()).isEqualTo(4 << 20);
    assertThat(config.checkpointInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.http().address()).isEqualTo("127.0.0.1");
  }

  @Test
  void shouldNameTopicsByPrefixUnlessTheRouteDoes() {
    // When
    BridgeConfig config =
        load(
            """
            bridge:
              postgres: {url: "postgresql://db1:5432/app"}
              topics: {prefix: "app.", partitions: 3}
              routes:
                - {channel: a, key: /id}
                - {channel: "Strange 'one' \\u00e9", topic: b}
            """);

    // Then
    assertThat(config.routes().stream().map(config::topicOf)).containsExactly("app.a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "notify | transactions | is 'transactions', and the source notify knows no transactions; set"
            + " source to outbox or wal.",
        "wal | puck.checkpoints | is 'puck.checkpoints', which Puck itself writes to. Name another"
            + " topic.",
        "wal | a.dead-letter | is 'a.dead-letter', which Puck itself writes to. Name another topic.",
        "outbox | a | is 'a', to which a route leads. Name another topic.",
        "outbox | no/slash | is 'no/slash'; it must be 1 to 237 letters, digits, dots, underscores"
            + " and hyphens."
      })
  void shouldRefuseATopicThatCannotTellOfTransactions(String source, String topic, String problem) {
    assertThat(
            problems(
                """
                bridge:
                  postgres: {url: "postgresql://db1:5432/app"}
                  source: %s
                  topics: {transaction: "%s"}
                  routes: [{channel: a}]
                """
                    .formatted(source, topic)))
        .containsExactly("bridge.topics.transaction " + problem);
  }

  @Test
  void shouldLookAtTheOthersWhenTheTopicsAreWrong() {
    assertThat(
            problems(
                """
                bridge:
                  postgres: {url: "postgresql://db1:5432/app"}
                  topics: {partitions: 0}
                  queue-max-bytes: 100
                  routes: [{channel: a}]
                """))
        .hasSize(2);
  }

  @Test
  void shouldSayAllThatIsWrongAtOnce() {
    // When, Then
    assertThat(
            problems(
                """
                bridge:
                  name: "no spaces, please"
                  postgres: {url: "postgresql://db1:5432/app"}
                  topics: {prefix: "a b", partitions: 0, replication-factor: 0}
                  queue-max-bytes: 100
                  checkpoint-interval: 0s
                  routes:
                    - {channel: ok}
                    - {channel: ok, key: id}
                    - {channel: %s}
                    - {channel: Grüße}
                    - {channel: x, topic: "no/slash"}
                """
                    .formatted("c".repeat(64))))
        .containsExactlyInAnyOrder(
            "bridge.name is 'no spaces, please'; it must be 1 to 63 letters, digits, dots,"
                + " underscores and hyphens. Remove it to use puck.",
            "bridge.queue-max-bytes is 100; it must be between 65536 and 1099511627776. Remove it to"
                + " use 4194304.",
            "bridge.checkpoint-interval is 0s; it must be longer than nothing, such as 500ms or 10s."
                + " Remove it to use 10s.",
            "bridge.topics.prefix is 'a b'; it must be 1 to 100 letters, digits, dots, underscores"
                + " and hyphens.",
            "bridge.topics.partitions is 0; it must be between 1 and 10000. Remove it to use 6.",
            "bridge.topics.replication-factor is 0; it must be between 1 and 100, or -1 for the"
                + " broker's. Remove it to use -1.",
            "bridge.routes[1].key is 'id'; it must be a JSON Pointer such as /messageid.",
            "bridge.routes[2].channel is '"
                + "c".repeat(64)
                + "', 64 bytes; PostgreSQL allows at most 63.",
            "bridge.routes[4].topic is 'no/slash'; it must be 1 to 237 letters, digits, dots,"
                + " underscores and hyphens.");
  }

  @Test
  void shouldSayAllThatDoesNotGoTogether() {
    // When, Then
    assertThat(
            problems(
                """
                bridge:
                  name: "no spaces, please"
                  postgres: {url: "postgresql://db1:5432/app"}
                  queue-max-bytes: 100
                  checkpoint-interval: 0s
                  routes:
                    - {channel: ok}
                    - {channel: ok}
                    - {channel: Grüße}
                    - {channel: ok.dead-letter}
                    - {channel: c, topic: puck.checkpoints}
                """))
        .containsExactlyInAnyOrder(
            "bridge.name is 'no spaces, please'; it must be 1 to 63 letters, digits, dots,"
                + " underscores and hyphens. Remove it to use puck.",
            "bridge.queue-max-bytes is 100; it must be between 65536 and 1099511627776."
                + " Remove it to use 4194304.",
            "bridge.checkpoint-interval is 0s; it must be longer than nothing, such as 500ms or"
                + " 10s. Remove it to use 10s.",
            "bridge.routes[1].channel is 'ok', which an earlier route has; give each one"
                + " route.",
            "bridge.routes[2].topic would be 'Grüße'; Kafka wants 1 to 237 letters, digits, dots,"
                + " underscores and hyphens. Name a topic.",
            "bridge.routes[3].topic is 'ok.dead-letter', which Puck itself writes to. Name another"
                + " topic.",
            "bridge.routes[4].topic is 'puck.checkpoints', which Puck itself writes to. Name"
                + " another topic.");
    assertThat(Checkpoint.TOPIC).isEqualTo("puck.checkpoints");
  }

  @Test
  void shouldWantARoute() {
    assertThat(problems("bridge: {postgres: {url: \"postgresql://db1:5432/app\"}}"))
        .containsExactly(
            "bridge.routes is empty; name at least one channel, or set source to"
                + " outbox or wal.");
  }

  private static BridgeConfig load(String yaml) {
    return new ConfigLoader(Map.of()).parse(yaml, FILE, Settings.class).bridge();
  }

  private static List<String> problems(String yaml) {
    ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> load(yaml));
    return refusal.problems().stream().map(Problem::toString).toList();
  }
}
