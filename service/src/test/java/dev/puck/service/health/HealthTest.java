package dev.puck.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final HealthCheck GOOD = Health.check("source", Optional::empty);
  private static final HealthCheck BAD = Health.check("kafka", () -> Optional.of("is away"));

  @Test
  void shouldReportEachCheckInOrder() {
    Map<String, String> report = new Health(List.of(BAD, GOOD)).report();

    assertThat(report).containsExactly(Map.entry("kafka", "is away"), Map.entry("source", "ok"));
    assertThat(Health.isReady(report)).isFalse();
    assertThat(Health.isReady(new Health(List.of(GOOD)).report())).isTrue();
    assertThat(Health.isReady(new Health(List.of()).report())).isTrue();
  }

  @Test
  void shouldNotBeReadyWhereACheckCannotTell() {
    HealthCheck broken =
        Health.check(
            "broken",
            () -> {
              throw new IllegalStateException("oops");
            });

    assertThat(new Health(List.of(broken, GOOD)).report())
        .containsEntry("broken", "could not be checked (java.lang.IllegalStateException: oops)")
        .containsEntry("source", "ok");
  }

  @Test
  void shouldNotHideAProblemBehindACheckOfTheSameName() {
    HealthCheck good = Health.check("kafka", Optional::empty);

    assertThat(new Health(List.of(BAD, good)).report()).containsEntry("kafka", "is away");
    assertThat(new Health(List.of(good, BAD)).report()).containsEntry("kafka", "is away");
    assertThat(new Health(List.of(BAD, BAD)).report()).containsEntry("kafka", "is away; is away");
  }
}
