package dev.puck.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
  enum Mode {
    FAST,
    EXACTLY_ONCE
  }

  record Part(@Setting("A|B.") String maxBytes) {}

  record Root(
      @Setting("Part.") Part part,
      @Setting("Optional part.") @Nullable Part optional,
      @Setting("Parts.") List<Part> parts,
      @Setting("By name.") Map<String, Part> byName,
      @Setting("Texts.") Map<String, List<String>> texts,
      @Setting(value = "Mode.", defaultValue = "fast") Mode mode,
      @Setting(value = "Delay.", defaultValue = "1s") Duration delay,
      @Setting("Number.") @Nullable Long number,
      @Setting(value = "Flag.", defaultValue = "true") boolean flag,
      @Setting("Path.") Path path,
      @Setting("Secret.") Secret secret) {}

  @Test
  void shouldHaveARowForEachSetting() {
    assertThat(ConfigReference.markdown(Root.class))
        .isEqualTo(
            """
            | setting | type | default | what it does |
            |---|---|---|---|
            | `part.max-bytes` | text | **required** | A\\|B. |
            | `optional` | group | none | Optional part. |
            | `optional.max-bytes` | text | **required** | A\\|B. |
            | `parts[].max-bytes` | text | **required** | A\\|B. |
            | `by-name.NAME.max-bytes` | text | **required** | A\\|B. |
            | `texts` | names with list of text | none | Texts. |
            | `mode` | `fast`, `exactly-once` | `fast` | Mode. |
            | `delay` | duration | `1s` | Delay. |
            | `number` | number | none | Number. |
            | `flag` | `true`, `false` | `true` | Flag. |
            | `path` | path | **required** | Path. |
            | `secret` | secret | **required** | Secret. |
            """);
  }
}
