package dev.puck.lab.proof.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final FaultPlan PLAN =
      FaultPlan.with(FaultKind.AT_STARTING_STATE, FaultKind.AT_ROTATING, FaultKind.WALSENDER);

  @Test
  void shouldBeTheSameForTheSameSeed() {
    assertThat(Schedule.of(PLAN, 7, 50))
        .isEqualTo(Schedule.of(PLAN, 7, 50))
        .isNotEqualTo(Schedule.of(PLAN, 8, 50));
  }

  @Test
  void shouldKillAsOftenAsAskedFor() {
    for (int kills : new int[] {1, 9, 10, 11, 200}) {
      assertThat(Schedule.of(PLAN, 1, kills).stream().filter(fault -> fault.kind().kills()))
          .hasSize(kills);
    }
  }

  @Test
  void shouldHaveTheKindsOfTheSourceAlsoInAShortRun() {
    assertThat(Schedule.of(PLAN, 1, 3))
        .extracting(Fault::kind)
        .contains(FaultKind.AT_STARTING_STATE, FaultKind.AT_ROTATING, FaultKind.WALSENDER)
        .contains(FaultKind.FREEZE);
    assertThat(Schedule.of(PLAN, 1, PLAN.first().size()))
        .extracting(Fault::kind)
        .containsAll(PLAN.first());
    assertThat(Schedule.of(PLAN, 1, 200))
        .extracting(Fault::kind)
        .containsAll(PLAN.then())
        .contains(FaultKind.LONG_FREEZE)
        .doesNotContain(FaultKind.AT_CONFIRMED);
  }

  @Test
  void shouldFreezeOnlyWhereAnotherCanTakeOver() {
    assertThat(Schedule.of(PLAN, 3, 200))
        .filteredOn(fault -> !fault.kind().kills())
        .isNotEmpty()
        .allMatch(Fault::standby);
  }
}
