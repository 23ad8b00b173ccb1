package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.config.WakeMode;
import dev.puck.bridge.source.SourceListener;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the bridge looks, and what it tells the writers, on a clock of its own. */
class WakeUpTest {
  private static final Duration PATIENCE = Duration.ofMillis(250);
  private static final long X = 1_000;

  private final List<String> told = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final TestBell bell = new TestBell();
  private long nanos = 77;
  private WakeUp wakeUp = wakeUp(WakeMode.NOTIFY);

  @BeforeEach
  void begin() throws SQLException {
    wakeUp.begin(bell);
  }

  @Test
  void shouldLookAtOnceAndSayThatItIsAwake() throws SQLException {
    // When, Then
    assertThat(told).containsExactly("select puck.wake_by('notify')", "select puck.wake_up()");
    assertThat(await()).isTrue();
    assertThat(waited()).isZero();
  }

  @Test
  void shouldPollEveryFewMillisecondsWhileRowsCome() throws SQLException {
    // When, Then
    look(1);
    assertThat(await()).isTrue();
    assertThat(waited()).isEqualTo(Duration.ofMillis(1));
    look(0);
    await();
    look(0);
    await();
    look(0);
    await();
    look(0);
    await();
    assertThat(waited()).as("1 + 2 + 4 + 4 + 4").isEqualTo(Duration.ofMillis(15));
  }

  @Test
  void shouldLeaveMostOfTheTimeToTheWriters() throws SQLException {
    // Given
    look(1);
    await();

    // When, Then
    nanos += Duration.ofMillis(2).toNanos();
    look(5_000);
    long before = nanos;
    await();
    assertThat(nanos - before).as("after a look of 2").isEqualTo(Duration.ofMillis(8).toNanos());
    nanos += Duration.ofMillis(100).toNanos();
    look(5_000);
    before = nanos;
    await();
    assertThat(nanos - before).as("after one of 100").isEqualTo(Duration.ofMillis(10).toNanos());
  }

  @Test
  void shouldDozeUntilAllHaveEndedWhoMayHaveReadAwake() throws SQLException {
    // When
    untilDozing();

    // Then
    assertThat(told)
        .endsWith("select puck.sleep()", "select pg_current_xact_id()::text")
        .hasSize(4);
    look(0, X - 1);
    assertThat(wakeUp.state()).isEqualTo(WakeUp.State.DOZING);
    long before = nanos;
    assertThat(await()).as("slowly, but it looks").isTrue();
    assertThat(nanos - before).isEqualTo(Duration.ofMillis(25).toNanos());

    // When
    look(0, X);

    // Then
    assertThat(wakeUp.state()).isEqualTo(WakeUp.State.ASLEEP);
    assertThat(told).hasSize(4);
  }

  @Test
  void shouldStayAwakeWhileRowsComeNowAndThen() throws SQLException {
    // When: every 90 ms
    for (int i = 0; i < 20; i++) {
      nanos += Duration.ofMillis(90).toNanos();
      look(1);
    }

    // Then
    assertThat(wakeUp.state()).isEqualTo(WakeUp.State.AWAKE);
  }

  @Test
  void shouldSleepUntilANotificationOrTheFallback() throws SQLException {
    // Given
    untilAsleep();
    long before = nanos;

    // When, Then
    assertThat(await()).isFalse();
    assertThat(await()).isFalse();
    assertThat(await()).isFalse();
    assertThat(await()).as("after a second").isTrue();
    assertThat(nanos - before).isEqualTo(Duration.ofSeconds(1).toNanos());
    look(0);
    bell.notification = true;
    before = nanos;
    assertThat(await()).isTrue();
    assertThat(nanos - before).isZero();
  }

  @Test
  void shouldSleepOnAfterOneNotification() throws SQLException {
    // Given
    untilAsleep();
    bell.notification = true;

    // When
    await();
    look(1, X + 5);

    // Then
    assertThat(wakeUp.state()).isEqualTo(WakeUp.State.ASLEEP);
    assertThat(heard).endsWith("woken NOTIFICATION").containsOnlyOnce("woken NOTIFICATION");
  }

  @Test
  void shouldWakeUpWhenNotificationsComeFast() throws SQLException {
    // Given
    untilAsleep();

    // When
    for (int i = 0; i < 2; i++) {
      bell.notification = true;
      await();
      look(1, X + 5);
      nanos += Duration.ofMillis(19).toNanos();
    }

    // Then
    assertThat(wakeUp.state()).isEqualTo(WakeUp.State.AWAKE);
    assertThat(told).endsWith("select puck.wake_up()");
  }

  @Test
  void shouldWakeUpWhenMuchComesAtOnce() throws SQLException {
    // Given
    untilAsleep();
    bell.notification = true;

    // When
    await();
    look(256, X + 5);

    // Then
    assertThat(wakeUp.state()).isEqualTo(WakeUp.State.AWAKE);
    assertThat(told).endsWith("select puck.wake_up()");
  }

  /** Another process may have said awake, when it ended. */
  @Test
  void shouldSayAgainThatItSleepsAfterRowsThatNobodyNotifiedOf() throws SQLException {
    // Given
    untilAsleep();
    nanos += Duration.ofSeconds(1).toNanos();

    // When
    await();
    look(1, X + 5);

    // Then
    assertThat(wakeUp.state()).isEqualTo(WakeUp.State.AWAKE);
    assertThat(heard).endsWith("woken TIMEOUT");
    told.clear();
    untilDozing();
    assertThat(told).containsExactly("select puck.sleep()", "select pg_current_xact_id()::text");
  }

  @Test
  void shouldNotWakeUpForThoseWhoReadAwakeAndCommitLate() throws SQLException {
    // Given
    untilDozing();

    // When
    nanos += Duration.ofMillis(25).toNanos();
    look(1, X - 1);

    // Then
    assertThat(wakeUp.state()).isEqualTo(WakeUp.State.DOZING);
  }

  @Test
  void shouldPollAtItsIntervalWhereWritersNeverNotify() throws SQLException {
    // Given
    wakeUp = wakeUp(WakeMode.POLL);
    told.clear();

    // When
    wakeUp.begin(bell);

    // Then
    assertThat(told).startsWith("select puck.wake_by('poll')");
    long before = nanos;
    assertThat(await()).as("at once").isTrue();
    assertThat(nanos).isEqualTo(before);
    told.clear();
    for (int i = 0; i < 100; i++) {
      look(i % 10 == 0 ? 1_000 : 0);
      before = nanos;
      assertThat(await()).isTrue();
      assertThat(nanos - before).isEqualTo(Duration.ofMillis(50).toNanos());
    }
    assertThat(told).isEmpty();
  }

  @Test
  void shouldKeepToAPollIntervalBeyondTheCallersPatience() throws SQLException {
    // Given
    wakeUp = wakeUp(WakeMode.POLL);
    wakeUp.begin(bell);
    look(0);

    // When, Then
    assertThat(wakeUp.await(bell, Duration.ofMillis(20))).isFalse();
    assertThat(wakeUp.await(bell, Duration.ofMillis(20))).isFalse();
    assertThat(wakeUp.await(bell, Duration.ofMillis(20))).isTrue();
  }

  @Test
  void shouldLeaveTheWritersInPeaceAtTheEnd() throws SQLException {
    // Given
    untilAsleep();

    // When
    wakeUp.end(bell);

    // Then
    assertThat(told).endsWith("select puck.wake_up()");
  }

  private void untilDozing() throws SQLException {
    while (wakeUp.state() == WakeUp.State.AWAKE) {
      await();
      look(0);
    }
    assertThat(wakeUp.state()).isEqualTo(WakeUp.State.DOZING);
  }

  private void untilAsleep() throws SQLException {
    untilDozing();
    look(0, X);
    assertThat(wakeUp.state()).isEqualTo(WakeUp.State.ASLEEP);
  }

  private boolean await() throws SQLException {
    return wakeUp.await(bell, PATIENCE);
  }

  private void look(int rows) throws SQLException {
    look(rows, X - 1);
  }

  private void look(int rows, long xmin) throws SQLException {
    wakeUp.looked(bell, rows, xmin);
  }

  private Duration waited() {
    return Duration.ofNanos(nanos - 77);
  }

  private WakeUp wakeUp(WakeMode mode) {
    OutboxConfig config =
        new OutboxConfig(
            mode,
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            Duration.ofSeconds(15),
            true,
            false);
    SourceListener listener =
        new SourceListener() {
          @Override
          public void woken(Wake by) {
            heard.add("woken " + by);
          }
        };
    return new WakeUp(config, listener, () -> nanos, pause -> nanos += pause);
  }

  /** A session whose notifications the test sends. */
  private final class TestBell implements WakeUp.Bell {
    private boolean notification;

    @Override
    public Optional<String> ask(String sql) {
      told.add(sql);
      return Optional.of(sql.contains("xact_id") ? Long.toString(X) : "0");
    }

    @Override
    public boolean awaitNotification(Duration patience) {
      boolean came = notification;
      notification = false;
      if (!came) {
        nanos += patience.toNanos();
      }
      return came;
    }
  }
}
