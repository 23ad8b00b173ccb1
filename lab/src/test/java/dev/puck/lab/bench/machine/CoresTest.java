package dev.puck.lab.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoresTest {
  @Test
  void shouldTakeTheFirstTwo() {
    assertThat(Cores.parse("0,1")).contains(new Cores("0,1", 0, 1));
    assertThat(Cores.parse("2-7")).contains(new Cores("2-7", 2, 3));
    assertThat(Cores.parse("3,5-6")).contains(new Cores("3,5-6", 3, 5));
  }

  @Test
  void shouldDoWithoutWhereThereIsButOne() {
    assertThat(Cores.parse("4")).isEmpty();
  }
}
