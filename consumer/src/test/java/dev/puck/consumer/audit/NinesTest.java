package dev.puck.consumer.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NinesTest {
  @ParameterizedTest
  @CsvSource({
    "14839, 0, 'all of 14,839'",
    "0, 0, 'all of 0'",
    "100000, 1, '99.999 %'",
    "100000, 2, '99.998 %'",
    "14839, 1, '99.993 %'",
    "1000000000, 1, '99.9999999 %'",
    "3, 1, '66.66 %'",
    "7, 7, '0.00 %'"
  })
  void shouldNeverTellMoreThanIsTrue(long checked, long divergent, String expected) {
    assertThat(Nines.of(checked, divergent)).isEqualTo(expected);
  }
}
