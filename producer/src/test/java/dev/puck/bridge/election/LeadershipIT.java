package dev.puck.bridge.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.fake.FakePublisher;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.retry.TransientException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class LeadershipIT {
  private static final OutgoingEvent EVENT =
      new OutgoingEvent("t", null, new byte[0], new byte[] {'1'}, List.of(), "c");

  private final TestEnvironment environment;
  private final Postgres postgres;

  LeadershipIT(TestEnvironment environment) {
    this.environment = environment;
    this.postgres =
        new Postgres(
            new PostgresConfig(environment.url(), environment.user(), null), "leader's session");
  }

  @Test
  void shouldLetOneLeadAtATime() {
    // Given
    try (Leadership first = acquire("a")) {
      // When, Then
      assertThat(Leadership.tryAcquire(postgres, "a")).isEmpty();
      acquire("b").close();
      assertThat(first.isHeld()).isTrue();
      first.confirm();
    }
    awaitAcquired("a").close();
  }

  @Test
  void shouldLetAnotherLeadAsSoonAsItIsClosed() {
    for (int i = 0; i < 50; i++) {
      // When
      acquire("successor").close();

      // Then
      assertThat(Leadership.tryAcquire(postgres, "successor"))
          .hasValueSatisfying(Leadership::close);
    }
  }

  @Test
  void shouldGoOnLeadingWhileItIsConfirmed() throws Exception {
    // Given
    CountDownLatch lost = new CountDownLatch(1);
    try (Leadership leadership = acquire("a")) {
      leadership.whenLost(lost::countDown);

      // When: longer than an idle session lives
      assertThat(lost.await(4, TimeUnit.SECONDS)).isFalse();

      // Then
      assertThatCode(leadership::confirm).doesNotThrowAnyException();
      assertThat(Leadership.tryAcquire(postgres, "a")).isEmpty();
    }
    assertThat(lost.getCount()).as("closing is no loss").isEqualTo(1);
  }

  @Test
  void shouldNoticeThatItsSessionWasEnded() throws Exception {
    // Given
    CountDownLatch lost = new CountDownLatch(1);
    try (Leadership leadership = acquire("a")) {
      leadership.whenLost(lost::countDown);

      // When
      terminate();

      // Then
      await().atMost(Duration.ofSeconds(3)).until(() -> !leadership.isHeld());
      assertThatThrownBy(leadership::confirm)
          .isInstanceOf(TransientException.class)
          .hasMessageStartingWith("This process no longer leads bridge 'a'");
      assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
      try (Leadership next = awaitAcquired("a")) {
        assertThat(next.isHeld()).isTrue();
        assertThat(leadership.isHeld()).isFalse();
      }
    }
  }

  @Test
  void shouldTellOfALossThatNobodyWaitedFor() throws Exception {
    // Given
    try (Leadership leadership = acquire("a")) {
      terminate();
      await().until(() -> !leadership.isHeld());

      // When
      CountDownLatch lost = new CountDownLatch(1);
      leadership.whenLost(lost::countDown);

      // Then
      assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shouldEndItsThreadWhenItCloses() {
    // When
    acquire(environment.name()).close();

    // Then
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("leader-" + environment.name());
  }

  @Test
  void shouldPublishOnlyWhileItLeads() throws Exception {
    // Given
    FakePublisher fake = new FakePublisher();
    Leadership leadership = acquire("a");
    try (LeaderOnlyPublisher publisher = new LeaderOnlyPublisher(fake, leadership)) {
      publisher.open();
      publisher.publish(List.of(EVENT));
      publisher.commit(EVENT);
      List<String> before = fake.log();
      assertThat(publisher.problem()).isEmpty();

      // When
      leadership.close();

      // Then
      assertThatThrownBy(() -> publisher.publish(List.of(EVENT)))
          .isInstanceOf(TransientException.class);
      assertThatThrownBy(() -> publisher.claim(EVENT)).isInstanceOf(TransientException.class);
      assertThatThrownBy(() -> publisher.commit(EVENT)).isInstanceOf(TransientException.class);
      assertThatThrownBy(publisher::open).isInstanceOf(TransientException.class);
      assertThat(fake.log()).isEqualTo(before);
      assertThat(publisher.problem())
          .contains("PostgreSQL does not confirm that this process leads");
    }
    assertThat(fake.isClosed()).isTrue();
  }

  /** It may have waited for a broker while another one took over. */
  @Test
  void shouldMakeSureOnceMoreBeforeACheckpointThatNobodyElseStops() throws Exception {
    // Given
    FakePublisher fake = new FakePublisher();
    try (Leadership leadership = acquire("a");
        LeaderOnlyPublisher publisher = new LeaderOnlyPublisher(fake, leadership)) {
      fake.away();
      CountDownLatch committing = new CountDownLatch(1);
      Thread thread =
          new Thread(
              () -> {
                committing.countDown();
                assertThatThrownBy(() -> publisher.commit(EVENT))
                    .isInstanceOf(TransientException.class);
              });

      // When
      thread.start();
      committing.await();
      await().until(() -> thread.getState() == Thread.State.WAITING);
      terminate();
      await().until(() -> !leadership.isHeld());
      fake.back();
      thread.join(10_000);

      // Then
      assertThat(fake.log()).containsExactly(FakePublisher.FLUSHED);
    }
  }

  private Leadership acquire(String bridge) {
    return Leadership.tryAcquire(postgres, bridge).orElseThrow();
  }

  private Leadership awaitAcquired(String bridge) {
    return await()
        .until(() -> Leadership.tryAcquire(postgres, bridge), Optional::isPresent)
        .orElseThrow();
  }

  private void terminate() throws SQLException {
    try (Connection connection = environment.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where application_name = 'leader''s session' and datname = current_database()");
    }
  }
}
