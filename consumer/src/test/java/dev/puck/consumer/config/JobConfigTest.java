package dev.puck.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.puck.service.config.ConfigException;
import dev.puck.service.config.ConfigLoader;
import dev.puck.service.config.Problem;
import dev.puck.service.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobConfigTest {
  record File(@Setting("The consumer.") ConsumerConfig consumer) {}

  private static final String GOOD =
      """
      consumer:
        name: demo
        postgres: {url: postgresql://127.0.0.1/downstream}
        jobs:
          - name: counters
            refresh: twcache.counters_matview
            every: 30s
          - name: nightly
            sql: call tidy_up()
            cron: 30 3 * * *
            timeout: 1h
            history: 7
      """;

  @Test
  void shouldAllowAConsumerThatHasOnlyJobs() {
    ConsumerConfig config = load(GOOD);
    assertThat(config.jobs())
        .containsExactly(
            new JobConfig(
                "counters",
                "twcache.counters_matview",
                null,
                Duration.ofSeconds(30),
                null,
                Duration.ofMinutes(10),
                100),
            new JobConfig(
                "nightly", null, "call tidy_up()", null, "30 3 * * *", Duration.ofHours(1), 7));
  }

  @Test
  void shouldSayAllThatIsWrongAtOnce() {
    assertThat(
            problems(
                """
                consumer:
                  name: demo
                  jobs:
                    - name: Counters
                      refresh: counters
                      sql: select 1
                      every: 10ms
                      cron: 0 0 * * * *
                    - name: nothing
                      timeout: 0s
                      history: 0
                """))
        .filteredOn(problem -> problem.startsWith("consumer.jobs"))
        .containsExactly(
            "consumer.jobs[0].name is 'Counters'; it must be lower case letters, digits, - and _,"
                + " at most 63.",
            "consumer.jobs[0].refresh and sql are both set; keep one.",
            "consumer.jobs[0].refresh is 'counters'; write it as SCHEMA.VIEW.",
            "consumer.jobs[0].every and cron are both set; keep one.",
            "consumer.jobs[0].every is 10ms; it must be 1s or more.",
            "consumer.jobs[0].cron is '0 0 * * * *'; write minute, hour, day of month, month and day"
                + " of week, such as '*/5 * * * *'.",
            "consumer.jobs[1].refresh is missing; name a materialized view to refresh, or give the"
                + " statement in sql.",
            "consumer.jobs[1].every is missing; say how often it runs, such as 30s, or when, in cron.",
            "consumer.jobs[1].timeout is 0s; it must be longer than nothing, such as 500ms or 10s."
                + " Remove it to use 10m.",
            "consumer.jobs[1].history is 0; it must be between 1 and 10000. Remove it to use"
                + " 100.");
  }

  @Test
  void shouldAskForADatabaseAndForNamesOfTheirOwn() {
    assertThat(
            problems(
                GOOD.replace("  postgres: {url: postgresql://127.0.0.1/downstream}\n", "")
                    .replace("nightly", "counters")))
        .containsExactly(
            "consumer.postgres is missing, and there are jobs; give the database that they run in.",
            "consumer.jobs[1].name is 'counters', as another's is; give each its own.");
  }

  private static ConsumerConfig load(String yaml) {
    return new ConfigLoader(Map.of()).parse(yaml, Path.of("puck.yaml"), File.class).consumer();
  }

  private static List<String> problems(String yaml) {
    return catchThrowableOfType(ConfigException.class, () -> load(yaml)).problems().stream()
        .map(Problem::toString)
        .toList();
  }
}
