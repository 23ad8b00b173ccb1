package dev.puck.bridge.source.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.source.Gap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private Instant wall = START;
  private long nanos = 77;

  private final Clock clock = ((InstantSource) () -> wall).withZone(ZoneOffset.UTC);

  @Test
  void shouldHaveNoGapBeforeTheFirstRunEver() {
    // Given
    Coverage coverage = coverage(null);

    // When, Then
    assertThat(coverage.until()).isNull();
    assertThat(coverage.gapUntil(coverage.now(), "r")).isNull();
  }

  @Test
  void shouldBeginTheGapAtWhatThePreviousRunCovered() {
    // Given
    Coverage coverage = coverage(START.minusSeconds(60));

    // When, Then
    assertThat(coverage.gapUntil(coverage.now(), "r"))
        .isEqualTo(new Gap(START.minusSeconds(61), START, "r"));
  }

  @Test
  void shouldBeginTheGapASecondBeforeTheLastConfirmation() {
    // Given
    Coverage coverage = coverage(START.minusSeconds(60));
    coverage.confirm(coverage.now());
    pass(Duration.ofSeconds(10));

    // When, Then
    assertThat(coverage.gapUntil(coverage.now(), "r"))
        .isEqualTo(new Gap(START.minusSeconds(1), START.plusSeconds(10), "r"));
  }

  @Test
  void shouldNotShortenTheGapWhenTheClockIsSetBack() {
    // Given
    Coverage coverage = coverage(null);
    coverage.confirm(coverage.now());
    pass(Duration.ofSeconds(10));
    wall = wall.minusSeconds(3600);

    // When, Then
    assertThat(coverage.gapUntil(coverage.now(), "r"))
        .isEqualTo(new Gap(wall.minusSeconds(11), wall, "r"));
  }

  @Test
  void shouldCoverTheJumpWhenTheClockIsSetForward() {
    // Given
    Coverage coverage = coverage(null);
    coverage.confirm(coverage.now());
    pass(Duration.ofSeconds(10));
    wall = wall.plusSeconds(3600);

    // When, Then
    assertThat(coverage.gapUntil(coverage.now(), "r"))
        .isEqualTo(new Gap(START.minusSeconds(1), wall, "r"));
  }

  @Test
  void shouldEndNoGapBeforeItBeganWhenTheCheckpointLiesInTheFuture() {
    // Given
    Coverage coverage = coverage(START.plusSeconds(3600));

    // When, Then
    assertThat(coverage.gapUntil(coverage.now(), "r"))
        .isEqualTo(new Gap(START.minusSeconds(1), START, "r"));
  }

  @Test
  void shouldAgeByTheClockThatNobodySetsBack() {
    // Given
    Coverage coverage = coverage(null);
    assertThat(coverage.isOlderThan(Duration.ofSeconds(2))).isTrue();
    coverage.confirm(coverage.now());
    wall = wall.minusSeconds(3600);

    // When, Then
    assertThat(coverage.isOlderThan(Duration.ofSeconds(2))).isFalse();
    pass(Duration.ofSeconds(3));
    assertThat(coverage.isOlderThan(Duration.ofSeconds(2))).isTrue();
  }

  private Coverage coverage(@Nullable Instant until) {
    return new Coverage(clock, () -> nanos, until);
  }

  private void pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
  }
}
