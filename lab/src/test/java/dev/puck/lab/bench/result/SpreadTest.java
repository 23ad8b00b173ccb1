package dev.puck.lab.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void shouldTellTheOneInTheMiddle() {
    assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 3));
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 8.0))).isEqualTo(new Spread(3, 1, 8));
  }

  @Test
  void shouldNotTellOfNothing() {
    assertThatThrownBy(() -> Spread.of(List.of())).hasMessageContaining("Nothing");
  }

  @Test
  void shouldShowNoSpreadOfOneNumber() {
    assertThat(Spread.of(List.of(0.754)).text("%.2f")).isEqualTo("0.75");
    assertThat(Spread.of(List.of(0.754, 0.8)).text("%.2f")).isEqualTo("0.78 (0.75 to 0.80)");
  }

  @Test
  void shouldRoundToFourDigits() {
    assertThat(Spread.rounded(12_345.6)).isEqualTo(12_350);
    assertThat(Spread.rounded(0.7654321)).isEqualTo(0.7654);
    assertThat(Spread.rounded(0)).isZero();
  }
}
