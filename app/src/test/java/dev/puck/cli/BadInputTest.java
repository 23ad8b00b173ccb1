package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user gets for what cannot work: one line that says what, the value and the fix. */
class BadInputTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "demo --rate -1      | --rate is -1; it must be between 1 and 100000.",
        "demo --writers 0    | --writers is 0; it must be between 1 and 64.",
        "demo --duration 0s  | --duration is 0s; it must be longer than nothing",
        "demo --duration 5   | '5'",
        "prove               | Missing required parameter: 'SOURCE'",
        "prove redis         | expected one of [OUTBOX, WAL, CONSUMER]",
        "prove outbox --kills 0 | --kills is 0; it must be between 1 and 100000.",
        "demo --source kafka | expected one of [NOTIFY, OUTBOX, WAL]",
        "demo --play none.xml| none.xml cannot be read: there is no such file",
        "tail                | Missing required parameter: 'TOPIC'",
        "bridge --config no.yaml | no.yaml does not exist",
        "init --config no.yaml   | no.yaml does not exist",
        "init --postgres nowhere | --postgres is 'nowhere'; it must be postgresql://HOST:PORT",
        "watch --again           | No table is named. Add: TABLE",
        "watch t --mask email    | --mask is 'email'; it must be COLUMN=RULE",
        "watch t --again --replica | --again takes the options that are there.",
        "unwatch                 | Missing required parameter: 'TABLE'",
        "nonsense            | 'nonsense'",
        "demo --nonsense     | '--nonsense'",
      })
  void shouldSayWhatIsWrongAndEndWithTwo(String arguments, String expected) {
    CommandRun run = CommandRun.of(arguments.strip().split(" +"));
    assertThat(run.err()).startsWith("puck: ").contains(expected.strip());
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void shouldRefuseWhatIsNoCommand() {
    CommandRun run = CommandRun.of();
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("puck: no command given; try 'puck demo'");
  }

  @Test
  void shouldRefuseAPlayThatIsNoXml() throws IOException {
    Path file = Files.writeString(directory.resolve("play.xml"), "To be, or not to be");
    CommandRun run = CommandRun.of("demo", "--play", file.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("play.xml is not a play in Bosak's XML format: line 1");
  }

  @Test
  void shouldSayEveryProblemOfAFileAtOnce() throws IOException {
    // Given
    String channel = "c".repeat(64);
    Path file =
        write(
            """
            kafka:
              bootstrap-servers: nowhere
            bridge:
              nmae: typo
              postgres:
                url: postgresql://user:hunter2@localhost/db
              routes:
                - channel: %s
                - channel: good
                  topic: not a topic
                  key: messageid
              http:
                port: 99999
            """
                .formatted(channel));
    // When
    CommandRun run = CommandRun.of("bridge", "--config", file.toString());
    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err().lines()).hasSize(7).allMatch(line -> line.contains("puck.yaml: "));
    assertThat(run.err())
        .contains("kafka.bootstrap-servers is 'nowhere'; it must be HOST:PORT")
        .contains("bridge.nmae is not a setting; did you mean 'name'?")
        .contains("bridge.postgres.url has a user or a password in it")
        .contains("bridge.routes[0].channel is '" + channel + "', 64 bytes; PostgreSQL allows")
        .contains("bridge.routes[1].topic is 'not a topic'; it must be 1 to 237 letters")
        .contains("bridge.routes[1].key is 'messageid'; it must be a JSON Pointer")
        .contains("bridge.http.port is 99999; it must be between 0 and 65535")
        .doesNotContain("hunter2");
  }

  @Test
  void shouldNameTheTabInYaml() throws IOException {
    Path file = write("kafka:\n\tbootstrap-servers: localhost:9092\n");
    CommandRun run = CommandRun.of("config", "--config", file.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("has a tab in line 2, column 1. Indent with spaces");
  }

  @Test
  void shouldNameTheSectionThatIsMissing() throws IOException {
    Path file = write("kafka:\n  bootstrap-servers: localhost:9092\n");
    CommandRun run = CommandRun.of("consume", "--config", file.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("consumer is missing; add the section 'consumer:'.");
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(directory.resolve("puck.yaml"), yaml);
  }
}
