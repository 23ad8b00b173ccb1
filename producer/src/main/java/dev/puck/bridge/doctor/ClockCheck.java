package dev.puck.bridge.doctor;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * This machine's clock and PostgreSQL's agree. What a question and its answer took on their way may
 * count for either, so the quickest of a few is taken, and its time does not count.
 */
final class ClockCheck implements Check<Connection> {
  private static final Duration MOST = Duration.ofSeconds(1);
  private static final int QUESTIONS = 5;

  private final Clock clock;

  ClockCheck(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    Reading best = ask(connection);
    for (int i = 1; i < QUESTIONS; i++) {
      Reading reading = ask(connection);
      best = reading.uncertainty.compareTo(best.uncertainty) < 0 ? reading : best;
    }
    judge(best, findings);
  }

  private static void judge(Reading reading, Findings findings) {
    Duration offset = reading.offset;
    String seconds = Numbers.text(offset.abs().toMillis() / 1_000.0, 3) + " s";
    String side = offset.isNegative() ? "behind" : "ahead";
    findings.saw(seconds + " " + side);
    if (offset.abs().minus(reading.uncertainty).compareTo(MOST) > 0) {
      findings.problem(
          "PostgreSQL's clock is %s %s of this machine's: staleness is measured wrongly."
              .formatted(seconds, side),
          "Let both keep their clocks by NTP; see: timedatectl timesync-status");
    }
  }

  private Reading ask(Connection connection) throws SQLException {
    Instant before = clock.instant();
    Instant there =
        Query.one(
            connection,
            "select pg_catalog.clock_timestamp()",
            row -> row.getObject(1, OffsetDateTime.class).toInstant());
    Duration half = Duration.between(before, clock.instant()).dividedBy(2);
    return new Reading(Duration.between(before.plus(half), there), half);
  }

  private record Reading(Duration offset, Duration uncertainty) {}
}
