package dev.puck.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  private static final Path FILE = Path.of("/etc/puck/puck.yaml");
  private static final ConfigLoader LOADER =
      new ConfigLoader(
          Map.of(
              "HOST", "db1", "EMPTY", "", "TRICK", "${HOST}", "YAML", "a: {b: *c}", "PORT", "7"));

  enum Mode {
    OFF,
    ON_GAP
  }

  record Leaf(
      @Setting("A name.") String name, @Setting(value = "x", defaultValue = "3") int size) {}

  record Everything(
      @Setting("text") String text,
      @Setting("leaf") Leaf leaf,
      @Setting("leaves") List<Leaf> leaves,
      @Setting("byName") Map<String, Leaf> byName,
      @Setting("names") List<String> names,
      @Setting("properties") Map<String, String> properties,
      @Setting("nothing") @Nullable String nothing,
      @Setting("number") @Nullable Long number,
      @Setting(value = "mode", defaultValue = "on-gap") Mode mode,
      @Setting(value = "delay", defaultValue = "5s") Duration delay,
      @Setting("secret") Secret secret,
      @Setting("path") Path path,
      @Setting(value = "flag", defaultValue = "true") boolean flag,
      @Setting(value = "http2MaxBytes", defaultValue = "1") long http2MaxBytes) {}

  record Text(@Setting("The text.") String text) {}

  record Count(@Setting("The number.") int number) {}

  record Flag(@Setting("The flag.") boolean flag) {}

  @Test
  void shouldReadEveryKindOfSetting() {
    // Given
    String yaml =
        """
        text: hello
        leaf: {name: one}
        leaves:
          - name: two
            size: 4
          - {name: three}
        by-name:
          A_b: {name: four}
        names: [x, y]
        properties:
          security.protocol: SSL
        secret: s3cret
        path: keys/a.pem
        number: 1_000_000
        http2-max-bytes: "12"
        """;

    // When
    Everything config = LOADER.parse(yaml, FILE, Everything.class);

    // Then
    assertThat(config)
        .isEqualTo(
            new Everything(
                "hello",
                new Leaf("one", 3),
                List.of(new Leaf("two", 4), new Leaf("three", 3)),
                Map.of("A_b", new Leaf("four", 3)),
                List.of("x", "y"),
                Map.of("security.protocol", "SSL"),
                null,
                1_000_000L,
                Mode.ON_GAP,
                Duration.ofSeconds(5),
                new Secret("s3cret"),
                Path.of("/etc/puck/keys/a.pem"),
                true,
                12));
  }

  @Test
  void shouldLeaveOutWhatMayBeLeftOut() {
    Everything config =
        LOADER.parse(
            "text: a\nsecret: b\npath: /c\nleaf: {name: d}\nleaves:\nnothing: ~\nmode:\n",
            FILE,
            Everything.class);

    assertThat(config.leaves()).isEmpty();
    assertThat(config.properties()).isEmpty();
    assertThat(config.nothing()).isNull();
    assertThat(config.mode()).isEqualTo(Mode.ON_GAP);
    assertThat(config.path()).isEqualTo(Path.of("/c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0123",
        "1_000",
        "0x1F",
        "1.10",
        "1e3",
        "True",
        "yes",
        "off",
        "12:30",
        "2026-01-01",
        ".inf"
      })
  void shouldKeepTextAsWritten(String text) {
    assertThat(LOADER.parse("text: " + text, FILE, Text.class).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"8080, 8080", "'\"8080\"', 8080", "'\"${PORT}\"', 7", "-1, -1", "+5, 5", "0, 0"})
  void shouldReadWholeNumbers(String written, int number) {
    assertThat(LOADER.parse("number: " + written, FILE, Count.class).number()).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"010", "0x10", "1.0", "1e3", "''", "ten", "' 1'", "99999999999", "_1"})
  void shouldRefuseOtherNumbers(String written) {
    assertThat(problems("number: " + written, Count.class))
        .singleElement()
        .asString()
        .startsWith("number is ")
        .contains("; it must be ");
  }

  @ParameterizedTest
  @CsvSource({"true, true", "True, true", "FALSE, false", "'\"false\"', false"})
  void shouldReadTruth(String written, boolean truth) {
    assertThat(LOADER.parse("flag: " + written, FILE, Flag.class).flag()).isEqualTo(truth);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a ${HOST} b           | a db1 b
          ${HOST}:${PORT}       | db1:7
          ${NONE:-fallback}     | fallback
          ${NONE:-}             | ''
          ${EMPTY:-fallback}    | fallback
          ${EMPTY}              | ''
          ${NONE:-a:-b$c}       | a:-b$c
          $${HOST}              | ${HOST}
          $$${HOST}             | $${HOST}
          $HOST $ pa$$word      | $HOST $ pa$$word
          ${TRICK}              | ${HOST}
          ${YAML}               | a: {b: *c}
          """)
  void shouldReplaceReferencesOnce(String written, String text) {
    assertThat(LOADER.parse("text: '" + written + "'", FILE, Text.class).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${",
        "${HOST",
        "${1A}",
        "${A-B}",
        "${A:b}",
        "${}",
        "${NONE:-${HOST}}",
        "${file:}"
      })
  void shouldRefuseWhatIsNoReference(String written) {
    assertThat(problems("text: '" + written + "'", Text.class))
        .containsExactly(
            "text has a '${' that begins no reference. Write ${NAME}, ${NAME:-default} or"
                + " ${file:PATH}, or $${ for the characters themselves.");
  }

  @Test
  void shouldTakeTextsFromFilesBesideIt(@TempDir Path directory) throws IOException {
    // Given
    Files.writeString(directory.resolve("secret"), "pass${HOST} word\n\r\n");
    Files.writeString(directory.resolve("empty"), "");
    Path file = directory.resolve("puck.yaml");

    // When, Then
    assertThat(LOADER.parse("text: a${file:secret}b", file, Text.class).text())
        .isEqualTo("apass${HOST} word\nb");
    assertThat(LOADER.parse("text: '${file:empty}'", file, Text.class).text()).isEmpty();
    assertThat(LOADER.parse("text: ${file:" + directory + "/secret}", FILE, Text.class).text())
        .startsWith("pass");
  }

  @Test
  void shouldSayWhyAFileCannotBeRead(@TempDir Path directory) throws IOException {
    // Given
    Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 1});
    Files.writeString(directory.resolve("long"), "a".repeat((1 << 16) + 1));

    // When, Then
    assertThat(problem(directory, "none")).contains("does not exist; make it, or name another.");
    assertThat(problem(directory, "binary")).contains("is not UTF-8 text");
    assertThat(problem(directory, "long")).contains("is longer than 64 KiB");
    assertThat(problem(directory, ".")).contains("cannot be read (Is a directory)");
  }

  private static String problem(Path directory, String name) {
    String yaml = "text: ${file:" + name + "}";
    return String.join(
        "\n", Refusal.of(() -> LOADER.parse(yaml, directory.resolve("puck.yaml"), Text.class)));
  }

  @Test
  void shouldTakePathsFromBesideTheFile(@TempDir Path directory) throws IOException {
    // Given
    record Paths(@Setting("The path.") Path path) {}
    Path file = Files.writeString(directory.resolve("puck.yaml"), "\uFEFFpath: ../key\n");

    // When
    Paths config = LOADER.load(file, Paths.class);

    // Then
    assertThat(config.path()).isEqualTo(directory.resolve("../key"));
  }

  @Test
  void shouldReadOneGroupAndLookAtNoOther(@TempDir Path directory) throws IOException {
    // Given
    Path file =
        Files.writeString(
            directory.resolve("puck.yaml"),
            "a: {b: {text: '${HOST}'}, c: {tex: x}, d: }\nwrong: '${NONE}'\n");

    // When, Then
    assertThat(LOADER.loadGroup(file, "a.b", Text.class).text()).isEqualTo("db1");
    assertThat(Refusal.of(() -> LOADER.loadGroup(file, "a.c", Text.class)))
        .containsExactlyInAnyOrder(
            "a.c.tex is not a setting; did you mean 'text'?",
            "a.c.text is missing; it has no default. The text.");
    assertThat(Refusal.of(() -> LOADER.loadGroup(file, "a.d", Text.class)))
        .containsExactly("a.d is missing; add it.");
    assertThat(Refusal.of(() -> LOADER.loadGroup(file, "x.y", Text.class)))
        .containsExactly("x.y is missing; add it.");
  }

  private static List<String> problems(String yaml, Class<? extends Record> type) {
    return Refusal.of(() -> LOADER.parse(yaml, FILE, type));
  }
}
