package dev.puck.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportComparisonTest {
  @TempDir private Path directory;

  @Test
  void shouldCallADifferenceWithinNoiseNone() throws IOException {
    Path before = report("before", value(100, 80, 140));
    Path after = report("after", value(155, 150, 160));

    assertThat(ReportComparison.of(before, after).get(1)).startsWith("  query").contains("=");
  }

  @Test
  void shouldSayByHowMuchTheyDiffer() throws IOException {
    Path before = report("before", value(100, 90, 110));
    Path after = report("after", value(250, 240, 260));

    assertThat(ReportComparison.of(before, after).get(1)).contains("x 2.50");
    assertThat(ReportComparison.of(before, after))
        .anyMatch(line -> line.startsWith("Taken: first query, then query."));
  }

  @Test
  void shouldRefuseWhatIsNoReport() throws IOException {
    Path other = Files.writeString(directory.resolve("other.json"), "{\"version\": 2}");

    assertThatThrownBy(() -> ReportComparison.of(other, other))
        .hasMessageContaining("has version '2'; it must be a report.json of version 1");
    assertThatThrownBy(() -> ReportComparison.of(directory.resolve("none.json"), other))
        .hasMessageContaining("none.json cannot be read as a report.json");
  }

  private Path report(String name, String writes) throws IOException {
    return Files.writeString(
        directory.resolve(name + ".json"),
        """
        {"version": 1,
         "strategies": [{"name": "query", "values": {"writes_per_second": %s}}],
         "verdict": {"choice": "query"}}
        """
            .formatted(writes));
  }

  private static String value(int median, int min, int max) {
    return "{\"median\": %d, \"min\": %d, \"max\": %d}".formatted(median, min, max);
  }
}
