package dev.puck.lab.proof.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void shouldBeTheSameForTheSameSeed() {
    assertThat(Schedule.of(7, 50)).isEqualTo(Schedule.of(7, 50)).isNotEqualTo(Schedule.of(8, 50));
  }

  @Test
  void shouldKillAsOftenAsAskedFor() {
    for (int kills : new int[] {1, 9, 10, 11, 200}) {
      assertThat(Schedule.of(1, kills).stream().filter(fault -> fault.kind().kills()))
          .hasSize(kills);
    }
  }

  @Test
  void shouldHaveEveryKindAlsoInAShortRun() {
    assertThat(Schedule.of(1, 10))
        .extracting(Fault::kind)
        .containsAll(
            Arrays.stream(FaultKind.values())
                .filter(FaultKind::kills)
                .filter(kind -> kind != FaultKind.POSTGRES)
                .toList())
        .contains(FaultKind.FREEZE);
    assertThat(Schedule.of(1, 200)).extracting(Fault::kind).contains(FaultKind.values());
  }

  @Test
  void shouldFreezeOnlyWhereAnotherCanTakeOver() {
    assertThat(Schedule.of(3, 200))
        .filteredOn(fault -> !fault.kind().kills())
        .isNotEmpty()
        .allMatch(Fault::standby);
  }
}
