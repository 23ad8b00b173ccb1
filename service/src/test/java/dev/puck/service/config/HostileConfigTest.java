package dev.puck.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that people write by mistake or malice; all of them end in problems of one line each. */
@Timeout(20)
class HostileConfigTest {
  private static final ConfigLoader LOADER = new ConfigLoader(Map.of());
  private static final Path FILE = Path.of("puck.yaml");

  enum Mode {
    FAST,
    EXACTLY_ONCE
  }

  record Outbox(
      @Setting("The table.") String table,
      @Setting(value = "How many.", defaultValue = "500") int batchSize,
      @Setting(value = "How often.", defaultValue = "1s") Duration pollInterval) {
    Outbox {
      new Problems()
          .range("batch-size", batchSize, 1, 10_000)
          .positive("poll-interval", pollInterval)
          .throwIfAny();
    }
  }

  record Root(
      @Setting("The outbox.") Outbox outbox,
      @Setting("The others.") List<Outbox> others,
      @Setting(value = "The mode.", defaultValue = "fast") Mode mode,
      @Setting("The names.") List<String> names,
      @Setting("The properties.") Map<String, String> properties,
      @Setting("The password.") @Nullable Secret password,
      @Setting("The port.") @Nullable Integer port,
      @Setting("The user. It has no default.") String user) {
    Root {
      new Problems().check(password != null, "password", "is missing").throwIfAny();
    }
  }

  @Test
  void shouldTellAllProblemsAtOnce() {
    // Given
    String yaml =
        """
        outbox:
          batchsize: 7
          batch-size: 0
          poll-interval: soon
        others:
          - table: [a]
          - {table: x, batch-size: "1"}
          - {table: x, batch-size: 10001, poll-interval: 0s}
        mode: slow
        names: one
        properties: {a: 1, b: [c], d: ~}
        password: ${PASSWORD}
        port: "80\\n80"
        port: 81
        zebra: 1
        """;

    // When
    List<String> problems = Refusal.of(() -> LOADER.parse(yaml, FILE, Root.class));

    // Then
    assertThat(problems)
        .containsExactlyInAnyOrder(
            "outbox.batchsize is not a setting; did you mean 'batch-size'?",
            "outbox.table is missing; it has no default. The table.",
            "outbox.poll-interval is 'soon'; it must be a number and a unit, such as 500ms, 20s,"
                + " 5m, 2h or 1d, and at most 36500d. Remove it to use 1s.",
            "outbox.batch-size is 0; it must be between 1 and 10000. Remove it to use 500.",
            "others[0].table is a list; it must be one value.",
            "others[2].batch-size is 10001; it must be between 1 and 10000. Remove it to use 500.",
            "others[2].poll-interval is 0s; it must be longer than nothing, such as 500ms or 10s."
                + " Remove it to use 1s.",
            "mode is 'slow'; it must be one of fast, exactly-once. Remove it to use fast.",
            "names is no list; it must be one, with a '- ' before each line.",
            "properties.b is a list; it must be one value.",
            "properties.d is empty. Give it a value, or remove it.",
            "password needs the environment variable PASSWORD, which is not set. Set it, or write"
                + " ${PASSWORD:-default}.",
            "port is set a second time in line 14. Remove one of the two.",
            "zebra is not a setting; known: mode, names, others, outbox, password, port,"
                + " properties, user.",
            "user is missing; it has no default. The user. It has no default.");
  }

  @Test
  void shouldNameTheDefaultAfterARecordsOwnCheck() {
    assertThat(Refusal.of(() -> LOADER.parse("table: t\nbatch-size: 0", FILE, Outbox.class)))
        .containsExactly("batch-size is 0; it must be between 1 and 10000. Remove it to use 500.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a:\\n\\tb: 1             | puck.yaml has a tab in line 2, column 1. Indent with spaces, as YAML asks for.
          a: 'hunter2            | puck.yaml is not YAML in line 1, column 12: found unexpected end of stream.
          a: hunter2: b          | puck.yaml is not YAML in line 1, column 11: mapping values are not allowed here.
          a: @hunter2            | puck.yaml is not YAML in line 1, column 4: found character '@' that cannot start any token. (Do not use @ for indentation).
          hello                  | puck.yaml must hold settings, one on a line as 'name: value'.
          [a, b]                 | puck.yaml must hold settings, one on a line as 'name: value'.
          *a                     | puck.yaml must hold settings
          table: a\\n---\\nx: 1    | puck.yaml has a second document in line 3. Remove the '---'.
          table: &a b\\nx: *a     | x is the alias '*a'. Write the value out.
          table: *a              | table is the alias '*a'. Write the value out.
          table: a\\n<<: {b: 1}   | << is a merge. Write the settings out.
          ? [a]\\n: 1             | puck.yaml is not YAML
          table: {a: 1}          | table is a group; it must be one value.
          table: "a\\007"       | special characters
          """)
  void shouldSayWhatIsNotASetting(String yaml, String problem) {
    List<String> problems =
        Refusal.of(() -> LOADER.parse(yaml.translateEscapes(), FILE, Outbox.class));

    assertThat(problems).anySatisfy(line -> assertThat(line).contains(problem));
    assertOneShortLineEach(problems);
    assertThat(problems).noneMatch(line -> line.contains("hunter2"));
  }

  @Test
  void shouldTakeAnEmptyFileForOneWithoutSettings() {
    for (String yaml : List.of("", "\n", "# nothing\n", "---\n", "~", "null")) {
      assertThat(Refusal.of(() -> LOADER.parse(yaml, FILE, Outbox.class)))
          .containsExactly("table is missing; it has no default. The table.");
    }
  }

  @Test
  void shouldSayWhyAFileCannotBeRead(@TempDir Path directory) throws IOException {
    // Given
    Path latin1 = directory.resolve("latin1.yaml");
    Files.write(latin1, "table: \u00e4\n".getBytes(StandardCharsets.ISO_8859_1));
    Path huge = directory.resolve("huge.yaml");
    Files.write(huge, new byte[10 << 20]);
    Path missing = directory.resolve("missing.yaml");

    // Then
    assertThat(Refusal.of(() -> LOADER.load(latin1, Outbox.class)))
        .containsExactly(latin1 + " is not UTF-8 text; save it as UTF-8.");
    assertThat(Refusal.of(() -> LOADER.load(huge, Outbox.class)))
        .containsExactly(huge + " is longer than 1 MiB; is it the right file?");
    assertThat(Refusal.of(() -> LOADER.load(missing, Outbox.class)))
        .containsExactly(missing + " does not exist; name another with --config.");
    assertThat(Refusal.of(() -> LOADER.load(Path.of("no-such.yaml"), Outbox.class)))
        .containsExactly(
            "no-such.yaml does not exist in "
                + Path.of("").toAbsolutePath()
                + "; name another with --config.");
    assertThat(Refusal.of(() -> LOADER.load(directory, Outbox.class)))
        .singleElement()
        .asString()
        .startsWith(directory + " cannot be read (Is a directory)");
  }

  @Test
  void shouldRefuseADeepTree() {
    for (String open : List.of("[", "{a: ", "- ", "? ")) {
      assertOneShortLineEach(
          Refusal.of(() -> LOADER.parse("table: " + open.repeat(100_000), FILE, Outbox.class)));
    }
  }

  @Test
  void shouldNotExpandABillionLaughs() {
    // Given
    StringBuilder yaml = new StringBuilder("l0: &l0 lol\n");
    for (int i = 1; i < 30; i++) {
      yaml.append(
          "l%d: &l%d [%s*l%d]\n".formatted(i, i, "*l%d, ".formatted(i - 1).repeat(9), i - 1));
    }

    // When
    List<String> problems = Refusal.of(() -> LOADER.parse(yaml.toString(), FILE, Outbox.class));

    // Then
    assertThat(problems).contains("l29[9] is the alias '*l28'. Write the value out.");
    assertOneShortLineEach(problems);
  }

  @Test
  void shouldCutLongNamesAndValues() {
    // Given
    String longText = "x".repeat(500_000);

    // When
    List<String> problems =
        Refusal.of(
            () ->
                LOADER.parse(
                    "table: a\n? " + longText + "\n: 1\nbatch-size: \"" + longText + "\\n\\r\"\n",
                    FILE,
                    Outbox.class));

    // Then
    assertThat(problems)
        .hasSize(2)
        .allSatisfy(problem -> assertThat(problem).contains("x … x"))
        .anySatisfy(problem -> assertThat(problem).endsWith("Remove it to use 500."));
    assertOneShortLineEach(problems);
  }

  @Test
  void shouldNeverPrintASecret() {
    record Secrets(
        @Setting("One.") Secret one,
        @Setting("Several.") List<Secret> several,
        @Setting("Named.") Map<String, Secret> named) {}
    for (String yaml :
        List.of(
            "one: [hunter2]",
            "one: {hunter2x: hunter2}\nseveral: hunter2",
            "one: '${hunter2'\nseveral: [{a: hunter2}]\nnamed: hunter2",
            "one: hunter2\nnamed: [hunter2]",
            "one: hunter2\none: hunter2",
            "one: \"hunter2")) {
      List<String> problems = Refusal.of(() -> LOADER.parse(yaml, FILE, Secrets.class));

      assertThat(problems).isNotEmpty().noneMatch(line -> line.contains("hunter2"));
    }
  }

  private static void assertOneShortLineEach(List<String> problems) {
    assertThat(problems)
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem).hasLineCount(1).hasSizeLessThan(1_300));
  }
}
