package dev.puck.consumer.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.consumer.config.JobConfig;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobScheduleTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void shouldKeepItsDistanceFromWhenItWasDue() {
    JobSchedule schedule = schedule(Duration.ofSeconds(30), null);
    assertThat(schedule).hasToString("every 30s");
    assertThat(schedule.getInitialExecutionTime(NOON)).isEqualTo(NOON);
    assertThat(schedule.next(NOON, NOON.plusSeconds(2))).isEqualTo(NOON.plusSeconds(30));
    assertThat(schedule.missed(NOON, NOON.plusSeconds(29))).isZero();
  }

  @Test
  void shouldSkipAndCountTheTimesThatPassedWhileItRan() {
    JobSchedule schedule = schedule(Duration.ofSeconds(30), null);
    assertThat(schedule.next(NOON, NOON.plusSeconds(95))).isEqualTo(NOON.plusSeconds(120));
    assertThat(schedule.missed(NOON, NOON.plusSeconds(95))).isEqualTo(3);
    assertThat(schedule.next(NOON, NOON.minusSeconds(300))).isEqualTo(NOON.plusSeconds(30));
    assertThat(schedule.missed(NOON, NOON.minusSeconds(300))).isZero();
  }

  @Test
  void shouldFollowACronLineInUtc() {
    JobSchedule schedule = schedule(null, "*/15 * * * *");
    assertThat(schedule).hasToString("cron */15 * * * *");
    assertThat(schedule.getInitialExecutionTime(NOON)).isEqualTo("2026-01-01T12:15:00Z");
    assertThat(schedule.next(NOON, NOON.plusSeconds(1_000))).isEqualTo("2026-01-01T12:30:00Z");
    assertThat(schedule.missed(NOON, NOON.plusSeconds(1_000))).isEqualTo(1);
    assertThat(schedule.missed(NOON, NOON.plusSeconds(1_800))).isEqualTo(2);
    assertThat(schedule(null, "30 3 * * *").next(NOON, NOON)).isEqualTo("2026-01-02T03:30:00Z");
  }

  private static JobSchedule schedule(@Nullable Duration every, @Nullable String cron) {
    return new JobSchedule(
        new JobConfig("job", null, "select 1", every, cron, Duration.ofMinutes(1), 10));
  }
}
