package dev.puck.cli.demo.play;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeakerNameTest {
  @ParameterizedTest
  @CsvSource({
    "HAMLET, Hamlet",
    "KING CLAUDIUS, King Claudius",
    "First Player, First Player",
    "KING HENRY IV, King Henry IV",
    "DUKE OF YORK, Duke of York",
    "ANNE-MARIE, Anne-Marie",
    "All, All",
    "ÉMILE, Émile",
  })
  void shouldMakeUpperCaseReadable(String printed, String readable) {
    assertThat(SpeakerName.readable(printed)).isEqualTo(readable);
  }

  @ParameterizedTest
  @CsvSource({"NURSE, Nurse", "Thisbe, THISBE"})
  void shouldFindTwoSpellingsEqual(String one, String other) {
    assertThat(SpeakerName.key(one)).isEqualTo(SpeakerName.key(other));
  }
}
