package dev.puck.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigPrinterTest {
  private static final Path FILE = Path.of("/etc/puck.yaml");
  private static final ConfigLoader LOADER = new ConfigLoader(Map.of("A", "wrong"));

  /** What YAML or the references could take for something else. */
  private static final List<String> PIECES =
      List.of(
          " ", "\n", "\t", "\r", "'", "\"", "\\", ":", ": ", " #", "-", "- ", "{", "}", "[", "*a",
          "&a", "!", "|", ">", "%", "@", "`", "?", "$", "${A}", "$${", "~", "null", "true", "yes",
          "0", "07", "1_0", "1e3", ".", "<<", "---", "...", "é", "😀", "\u0007", "\u2028", "x");

  enum Mode {
    EXACTLY_ONCE
  }

  record Inner(@Setting("Text.") String text, @Setting("Nothing.") @Nullable String nothing) {}

  record Outer(
      @Setting("Inner.") Inner inner,
      @Setting("List.") List<Inner> list,
      @Setting("Map.") Map<String, Inner> map,
      @Setting("Texts.") List<String> texts,
      @Setting("Properties.") Map<String, String> properties,
      @Setting("Mode.") Mode mode,
      @Setting("Delay.") Duration delay,
      @Setting("Path.") Path path,
      @Setting("Number.") int number,
      @Setting("Flag.") boolean flag) {}

  record Secrets(
      @Setting("One.") Secret one,
      @Setting("List.") List<Secret> list,
      @Setting("Map.") Map<String, Secret> map,
      @Setting("Nested.") Map<String, Holder> nested,
      @Setting("Properties.") Map<String, String> properties) {}

  record Holder(@Setting("Password.") Secret password) {}

  @Test
  void shouldPrintAsTheFileIsWritten() {
    Outer config = outer("a: b", Map.of("k", "v"));

    assertThat(ConfigPrinter.print(config))
        .isEqualTo(
            """
            inner:
              text: 'a: b'
            list:
              - text: 'a: b'
            map:
              name:
                text: 'a: b'
            texts:
              - 'a: b'
              - plain
            properties:
              k: v
            mode: exactly-once
            delay: 90s
            path: /etc/key
            number: 8080
            flag: false
            """
                .replace("'a: b'", "\"a: b\""));
  }

  @Test
  void shouldReadWhatItPrints() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      Outer config = outer(text(random), Map.of(name(random), text(random)));

      String yaml = ConfigPrinter.print(config);

      assertThat(LOADER.parse(yaml, FILE, Outer.class))
          .as("seed %s, try %s:%n%s", seed, i, yaml)
          .isEqualTo(config);
    }
  }

  @Test
  void shouldHideSecretsEverywhere() {
    // Given
    Map<String, String> properties = new LinkedHashMap<>();
    for (String name :
        List.of(
            "ssl.keystore.password",
            "SSL.KEY.PASSWORD",
            "ssl.keystore.key",
            "sasl.jaas.config",
            "sasl.oauthbearer.client.credentials.client.secret",
            "sasl.oauthbearer.assertion.private.key.passphrase",
            "basic.auth.user.info",
            "api.token")) {
      properties.put(name, "hunter2");
    }
    properties.put("security.protocol", "SSL");
    properties.put("key.serializer", "shown");
    Secret secret = new Secret("hunter2");

    // When
    String yaml =
        ConfigPrinter.print(
            new Secrets(
                secret,
                List.of(secret),
                Map.of("a", secret),
                Map.of("secret", new Holder(secret)),
                properties));

    // Then
    assertThat(yaml)
        .doesNotContain("hunter2")
        .contains("security.protocol: SSL", "key.serializer: shown")
        .containsPattern("one: .?\\*\\*\\*");
  }

  private static Outer outer(String text, Map<String, String> properties) {
    Inner inner = new Inner(text, null);
    return new Outer(
        inner,
        List.of(inner),
        Map.of("name", inner),
        List.of(text, "plain"),
        properties,
        Mode.EXACTLY_ONCE,
        Duration.ofSeconds(90),
        Path.of("/etc/key"),
        8080,
        false);
  }

  /** SnakeYAML cannot read a name with that separator as it writes it; and a merge is no name. */
  private static String name(Random random) {
    String name = text(random).replace("\u2028", "");
    return name.equals("<<") ? "merge" : name;
  }

  private static String text(Random random) {
    String text =
        IntStream.range(0, random.nextInt(6))
            .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
            .reduce("", String::concat);
    return text;
  }
}
