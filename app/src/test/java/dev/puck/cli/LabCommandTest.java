package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said before anything is started. */
class LabCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--only query,nothing | No strategy is named 'nothing'; there are query, update,",
        "--writes many | 'many' is no rate; write one such as 500/s",
        "--isolation chaos | 'chaos' is none of read-committed, repeatable-read, serializable",
        "--hot 1.5 | hot is 1.5; it must be between 0 and 1",
        "--repeats 0 | 0 repeats; it must be between 1 and 100.",
        "--duration 10ms | less than half a second says nothing",
        "--out /dev/null/report | cannot be written to"
      })
  void shouldRefuse(String options, String reason) {
    CommandRun run = CommandRun.of(("lab run " + options).split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(reason);
  }

  @Test
  void shouldTellAllThatIsMissingOfAnOwnWorkload() {
    CommandRun run = CommandRun.of("lab", "run", "--sql-read", "no.sql", "--dry-run");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "--postgres is missing; it is postgresql://HOST:PORT/DATABASE.",
            "--sql-write is missing; it names a file with SQL.",
            "--sql-read no.sql cannot be read (NoSuchFileException).",
            "--truth is missing; it names a file with SQL.");
  }

  @Test
  void shouldCleanNothingWithoutADatabase() {
    CommandRun run = CommandRun.of("lab", "clean", "--user", "shop");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--postgres is missing");
  }

  @Test
  void shouldTellAllProblemsOfASeriesAtOnce() {
    CommandRun run =
        CommandRun.of("lab", "series", "--workers", "0", "--retweets", "10,-1", "--repeats", "0");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "--workers is 0; it must be between 1 and 180.",
            "--retweets is -1;",
            "--repeats is 0; it must be between 1 and 100.");
  }

  @Test
  void shouldRefuseWhatIsNoReport() {
    CommandRun run = CommandRun.of("lab", "report", "no.json", "no.json");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no.json cannot be read as a report.json");
  }

  @Test
  void shouldNameTheStrategies() {
    assertThat(CommandRun.of("lab", "run", "--help").out()).contains("kafka-summary-outbox");
  }
}
