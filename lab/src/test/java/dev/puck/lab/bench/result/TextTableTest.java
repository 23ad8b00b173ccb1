package dev.puck.lab.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void shouldAlign() {
    // Given
    TextTable table = new TextTable("capture", "a second", "of none");
    table.row("none", "12,345");
    table.row("adaptive", "9,876", "0.80");
    // When, Then
    assertThat(table.lines())
        .containsExactly(
            "  capture   a second  of none",
            "  none        12,345",
            "  adaptive     9,876     0.80");
  }
}
