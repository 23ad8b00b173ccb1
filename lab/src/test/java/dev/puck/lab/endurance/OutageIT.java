package dev.puck.lab.endurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.embedded.EmbeddedServer;
import dev.puck.embedded.junit.Endurance;
import dev.puck.lab.bench.stage.Stage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Servers that are away under load: everything arrives, once. */
@Endurance
class OutageIT {
  private static final int CHANGES_PER_SECOND = 1_000;
  private static final String ROTATION = "2s";
  private static final Duration RECOVERED_WITHIN = Duration.ofMinutes(2);

  private static final Duration KAFKA_AWAY = Duration.ofMinutes(2);

  /** Before and after each outage. */
  private static final Duration BETWEEN = Duration.ofSeconds(20);

  private static final Course.Pauses PAUSES =
      new Course.Pauses(Duration.ofSeconds(1), Duration.ofSeconds(10));

  private final long seed = new Random().nextLong();

  @Test
  void shouldRelayEverythingOnceThroughOutages() throws SQLException, InterruptedException {
    System.out.println("seed " + seed);
    try (Stage stage = Stage.set();
        Scene scene = Scene.set(stage, "outage", ROTATION);
        Load load = Load.start(scene.ledger(), CHANGES_PER_SECOND, seed)) {
      // Given
      Course course = new Course(scene, load, PAUSES);
      course.follow(BETWEEN);

      // When
      stage.kafka().kill();
      long written = load.changes();
      course.follow(KAFKA_AWAY);
      written = load.changes() - written;
      stage.kafka().start();
      double kafka = recover(scene, course, stage.kafka());
      course.follow(BETWEEN);
      stage.postgres().restart();
      double restart = recover(scene, course, stage.postgres());
      course.follow(BETWEEN);
      stage.postgres().kill();
      stage.postgres().start();
      double crash = recover(scene, course, stage.postgres());
      course.follow(BETWEEN);
      load.stop();

      // Then
      List<String> problems = scene.finish();
      course
          .progress()
          .say(
              "Outages: Kafka away for %d s while %,d changes were written, recovered %.1f s after"
                  + " it was back; PostgreSQL restarted, recovered after %.1f s; killed, %.1f s; all"
                  + " in all %,d changes, outbox at most %s, live heap at most %s",
              KAFKA_AWAY.toSeconds(),
              written,
              kafka,
              restart,
              crash,
              scene.witness().audit().changes(),
              Trend.mebibytes(course.outbox().max()),
              Trend.mebibytes(course.heap().max()));
      assertThat(problems).isEmpty();
      assertThat(written)
          .as("written while Kafka was away")
          .isGreaterThan(KAFKA_AWAY.toSeconds() * CHANGES_PER_SECOND / 2);
    }
  }

  /** Seconds from now until a change that is made now has come, and with it all before it. */
  private static double recover(Scene scene, Course course, EmbeddedServer server)
      throws SQLException {
    double begin = course.progress().seconds();
    long version = scene.ledger().sing();
    await()
        .atMost(RECOVERED_WITHIN)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> scene.witness().audit().version(Ledger.CANARY) >= version);
    double seconds = course.progress().seconds() - begin;
    course
        .progress()
        .say(
            "%s is back, and changes came after %.1f s",
            server.getClass().getSimpleName(), seconds);
    return seconds;
  }
}
