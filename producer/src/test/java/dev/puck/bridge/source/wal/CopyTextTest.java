package dev.puck.bridge.source.wal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.bridge.source.wal.pgoutput.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CopyTextTest {
  @Test
  void shouldTellNullsFromTextsThatLookLikeOne() {
    assertThat(values("\\N\t\t\\\\N\tN\n", 4)).containsExactly(null, "", "\\N", "N");
  }

  @Test
  void shouldGiveBackWhatWasEscaped() {
    assertThat(values("a\\tb\\nc\\rd\\be\\ff\\vg\\\\\tü€\n", 2))
        .containsExactly("a\tb\nc\rd\be\ff\u000bg\\", "ü€");
  }

  @Test
  void shouldReadALineWithoutColumns() {
    assertThat(values("\n", 0)).isEmpty();
  }

  @Test
  void shouldRefuseAnotherNumberOfColumns() {
    assertThatThrownBy(() -> values("1\t2\n", 1)).hasMessageContaining("another number of values");
    assertThatThrownBy(() -> values("1\n", 2)).hasMessageContaining("another number of values");
  }

  private static List<@Nullable String> values(String line, int columns) {
    Tuple tuple = CopyText.tuple(line.getBytes(UTF_8), columns);
    List<@Nullable String> values = new ArrayList<>();
    for (int i = 0; i < tuple.size(); i++) {
      values.add(tuple.text(i));
    }
    return values;
  }
}
