package dev.puck.lab.bench.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void shouldTellHowMuchIsLeft() {
    // Given
    List<String> lines = new ArrayList<>();
    Progress progress = new Progress(lines::add, Duration.ofMinutes(3));
    // When
    progress.step(Duration.ofMinutes(2), "first of %d", 2);
    progress.step(Duration.ofMinutes(1), "second");
    progress.say("%,d", 1_000);
    // Then
    assertThat(lines.get(0)).endsWith("s  first of 2 (about 3 min left)");
    assertThat(lines.get(1)).endsWith("s  second (about 60 s left)");
    assertThat(lines.get(2)).endsWith("s  1,000");
  }
}
