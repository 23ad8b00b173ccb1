package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.config.WakeMode;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * A sleeping bridge misses nobody, and one that is awake is left in peace. Its fallback poll is so
 * rare here that it cannot be what helps.
 */
@ExtendWith(PuckExtension.class)
class SleepIT {
  private static final int WRITERS = 4;
  private static final int EACH = 500;
  private static final int MOST_ROUNDS = 5;

  private static final Duration NEVER = Duration.ofMinutes(10);

  private final Database database;
  private final TestBridge bridge;

  SleepIT(TestEnvironment environment) throws SQLException {
    this.database = Database.withSchema(environment);
    this.bridge = new TestBridge(database).waking(WakeMode.NOTIFY, NEVER);
  }

  @AfterEach
  void disconnect() throws SQLException {
    bridge.close();
    database.close();
  }

  @Test
  void shouldSleepAndWakeByNotification() throws Exception {
    // Given
    bridge.start();
    untilAsleep();
    int polls = bridge.heard().polls.get();

    // When, Then
    bridge.poll();
    bridge.poll();
    assertThat(bridge.heard().polls.get()).as("it sleeps").isEqualTo(polls);
    database.run("select puck.publish('c', '1')");
    bridge.pollUntil(() -> bridge.messages("c").contains("1"));
    assertThat(bridge.heard().wokenByNotification.get()).isEqualTo(1);
    assertThat(bridge.heard().polls.get()).isEqualTo(polls + 1);
  }

  /** A writer that read "awake" will not notify; the bridge must not sleep before it has ended. */
  @Test
  void shouldWaitForThoseWhoReadAwake() throws Exception {
    // Given: it has added its row and read the state
    bridge.start();
    try (Database writer = database.another()) {
      assertThat(mode()).as("awake").isEqualTo(1);
      writer.run("begin", "select puck.publish('c', '1')");

      // When: the bridge has looked for the last time before it says that it sleeps, and after
      bridge.pollUntil(() -> mode() == 0);
      int polls = bridge.heard().polls.get();
      bridge.pollUntil(() -> bridge.heard().polls.get() > polls + 5);
      writer.run("commit");

      // Then
      bridge.pollUntil(() -> bridge.messages("c").contains("1"));
      assertThat(bridge.heard().wokenByNotification.get()).isZero();
    }
    untilAsleep();
  }

  /** Nobody is told when a process that ends, or an operator, says awake. */
  @Test
  void shouldNotTrustForEverThatWritersNotify() throws Exception {
    // Given
    bridge.waking(WakeMode.NOTIFY, Duration.ofMillis(300)).start();
    untilAsleep();
    database.run("select puck.wake_up()");

    // When
    database.run("select puck.publish('c', '1')");
    bridge.pollUntil(() -> bridge.messages("c").contains("1"));

    // Then: from now on they do again
    assertThat(bridge.heard().wokenByTimeout.get()).isEqualTo(1);
    bridge.pollUntil(() -> mode() == 0);
    untilAsleep();
    database.run("select puck.publish('c', '2')");
    bridge.pollUntil(() -> bridge.messages("c").contains("2"));
    assertThat(bridge.heard().wokenByNotification.get()).isEqualTo(1);
  }

  @Test
  void shouldBeNotifiedByFewUnderLoad() throws Exception {
    // Given
    bridge.start();
    untilAsleep();
    int all = 0;
    int fewest = Integer.MAX_VALUE;
    try (Database listener = database.another()) {
      listener.run("listen puck_wake");

      // When: where the machine holds up all writers for a while, the bridge falls asleep, rightly,
      // and such a round says nothing
      for (int round = 1; round <= MOST_ROUNDS && fewest >= WRITERS * EACH / 100; round++) {
        writeWhileAwake();
        assertThat(bridge.messages("c")).hasSize(round * WRITERS * EACH);
        int notifications = notifications(listener);
        System.out.println("SleepIT: " + notifications + " of " + WRITERS * EACH + " notified");
        assertThat(notifications).isPositive();
        fewest = Math.min(fewest, notifications);
        all += notifications;
        untilAsleep();
      }
    }

    // Then
    assertThat(fewest).isLessThan(WRITERS * EACH / 100);
    assertThat(bridge.heard().wokenByNotification.get()).isPositive().isLessThanOrEqualTo(all);
  }

  /** About a thousand transactions a second. */
  private void writeWhileAwake() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      running.add(threads.submit(() -> publish(EACH)));
    }
    bridge.pollUntil(() -> running.stream().allMatch(Future::isDone));
    for (Future<?> writer : running) {
      writer.get();
    }
    threads.shutdown();
    bridge.drain();
  }

  /** A long batch is read in one transaction, in which notifications would only pile up. */
  @Test
  void shouldBeAwakeWhileItReadsMuch() throws Exception {
    // Given
    bridge.start();
    untilAsleep();

    // When
    database.run("select puck.publish('c', i::text) from generate_series(1, 11000) as i");
    bridge.pollUntil(() -> bridge.position().unfinished() != null);

    // Then
    assertThat(mode()).isEqualTo(1);
  }

  @Test
  void shouldPollOncePerFallbackWhenNothingHappens() throws Exception {
    // Given
    bridge.waking(WakeMode.NOTIFY, Duration.ofMillis(250)).start();
    untilAsleep();
    int polls = bridge.heard().polls.get();
    long began = System.nanoTime();

    // When
    bridge.pollUntil(() -> bridge.heard().polls.get() >= polls + 4);

    // Then
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(700));
    assertThat(
            database.text(
                "select state from pg_stat_activity where application_name like 'test b%'"))
        .isEqualTo("idle");
  }

  @Test
  void shouldNeverBeNotifiedWhereItPolls() throws Exception {
    // Given
    bridge.waking(WakeMode.POLL, NEVER).start();
    try (Database listener = database.another()) {
      listener.run("listen puck_wake");
      assertThat(mode()).isEqualTo(2);

      // When
      for (int i = 0; i < 5; i++) {
        database.run("select puck.publish('c', '" + i + "')");
        String payload = Integer.toString(i);
        bridge.pollUntil(() -> bridge.messages("c").contains(payload));
      }

      // Then
      assertThat(notifications(listener)).isZero();
    }
    bridge.close();
    bridge.waking(WakeMode.NOTIFY, NEVER).start();
    assertThat(mode()).as("as the configuration says now").isEqualTo(1);
  }

  /** Nobody can have read "awake" and be still there, once it does not look any more. */
  private void untilAsleep() throws Exception {
    bridge.pollUntil(() -> mode() == 0);
    int[] polls = {-1};
    bridge.pollUntil(
        () -> {
          int before = polls[0];
          polls[0] = bridge.heard().polls.get();
          return before == polls[0];
        });
  }

  private long mode() throws SQLException {
    return database.number("select last_value >> 2 from puck.state");
  }

  private Void publish(int count) throws SQLException {
    try (Database session = database.another()) {
      for (int i = 0; i < count; i++) {
        session.run("select puck.publish('c', '')");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
      }
    }
    return null;
  }

  /** Marks the end of what was sent, and counts what came before it. */
  private int notifications(Database listener) throws SQLException {
    database.run("notify puck_wake, 'end'");
    int count = 0;
    while (true) {
      PGNotification[] received =
          listener.connection().unwrap(PGConnection.class).getNotifications(10_000);
      assertThat(received).as("notifications").isNotEmpty();
      for (PGNotification notification : received) {
        if (notification.getParameter().equals("end")) {
          return count;
        }
        count++;
      }
    }
  }
}
