package dev.puck.bridge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.fake.FakePublisher;
import dev.puck.bridge.fake.FakeSource;
import dev.puck.bridge.fake.RecordingListener;
import dev.puck.bridge.relay.BridgeIdentity;
import dev.puck.bridge.relay.Relay;
import dev.puck.bridge.relay.RelayLimits;
import dev.puck.bridge.relay.Route;
import dev.puck.bridge.relay.Routes;
import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SupervisorTest {
  private static final String NAME = "supervised";

  /** One pair of ends for each session. */
  private record Ends(FakeSource source, FakePublisher publisher) {
    Ends() {
      this(new FakeSource(), new FakePublisher());
    }

    Session session() {
      return session(() -> {});
    }

    Session session(Runnable release) {
      Relay relay =
          new Relay(
              new BridgeIdentity(NAME, "fake", 1, "db", "dev", null),
              new Routes(List.of(Route.ofChannel("c", "topic", null)), "", null),
              List.of(),
              source,
              publisher,
              new RelayLimits(1 << 20, Duration.ofDays(1)),
              new RecordingListener());
      return new Session(source, publisher, relay, release);
    }
  }

  private final Ends first = new Ends();
  private final Ends second = new Ends();
  private final Queue<Supervisor.Opening> openings =
      new ConcurrentLinkedQueue<>(List.of(first::session, second::session));

  @AfterEach
  void shouldLeaveNoThread() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("relay-" + NAME, "reader-fake-" + NAME);
  }

  @Test
  void shouldFailAtOnceWhenTheFirstSessionCannotOpen() {
    assertThatThrownBy(
            () ->
                begun(
                    new Supervisor(
                        NAME,
                        () -> {
                          throw new ConfigException("no such database");
                        },
                        failure -> {})))
        .isInstanceOf(ConfigException.class)
        .hasMessage("no such database");
  }

  @Test
  void shouldPublishWhatWasReadWhenClosed() throws InterruptedException {
    // Given
    Supervisor supervisor = begun(new Supervisor(NAME, this::open, failure -> {}));
    first.source().gives("c", "1");
    await().until(first.source()::isSpent);

    // When
    supervisor.close();

    // Then
    assertThat(first.publisher().valuesOf("topic")).containsExactly("1");
    assertThat(first.publisher().isClosed()).isTrue();
    assertThat(first.source().isClosed()).isTrue();
  }

  @Test
  void shouldBeginAnotherSessionWhenOneFails() throws InterruptedException {
    // Given
    try (Supervisor supervisor = begun(new Supervisor(NAME, this::open, failure -> {}))) {
      // When
      first.publisher().fail(new TransientException("no broker"));
      first.source().gives("c", "1");
      second.source().gives("c", "2");

      // Then
      await().until(() -> second.publisher().valuesOf("topic").contains("2"));
      assertThat(supervisor.sourceProblem()).isEmpty();
      assertThat(first.publisher().isClosed()).isTrue();
    }
  }

  @Test
  void shouldSurviveFaultsAndRefusalsOnTheWay() throws InterruptedException {
    // Given
    openings.clear();
    openings.add(first::session);
    openings.add(() -> fail(new TransientException("away")));
    openings.add(() -> fail(new ConfigException("refused")));
    openings.add(second::session);
    try (Supervisor supervisor = begun(new Supervisor(NAME, this::open, failure -> {}))) {
      // When
      first.publisher().fail(new IllegalStateException("deliberate: a bug"));
      first.source().gives("c", "1");
      second.source().gives("c", "2");

      // Then
      await().until(() -> second.publisher().valuesOf("topic").contains("2"));
      assertThat(supervisor.kafkaProblem()).isEmpty();
    }
  }

  @Test
  void shouldSayWhyThereIsNoSession() throws InterruptedException {
    // Given
    openings.remove();
    openings.clear();
    openings.add(first::session);
    try (Supervisor supervisor = begun(new Supervisor(NAME, this::open, failure -> {}))) {
      // When
      first.publisher().fail(new TransientException("no broker"));
      first.source().gives("c", "1");

      // Then
      await().until(() -> supervisor.kafkaProblem().isPresent());
      await().until(() -> supervisor.sourceProblem().orElse("").equals("nothing left to open"));
      assertThat(supervisor.pendingEvents()).isZero();
      assertThat(supervisor.queuedBytes()).isZero();
    }
  }

  @Test
  void shouldCloseWhileThePublisherIsAway() throws InterruptedException {
    // Given
    Supervisor supervisor =
        begun(new Supervisor(NAME, this::open, Duration.ofMillis(50), failure -> {}));
    first.publisher().away();
    first.source().gives("c", "1");
    await().until(first.source()::isSpent);

    // When
    supervisor.close();

    // Then
    assertThat(first.publisher().isClosed()).isTrue();
    assertThat(first.source().isClosed()).isTrue();
  }

  @Test
  void shouldReleaseASessionThatNeverRan() throws InterruptedException {
    // Given: closed while its first session opens, before its thread has begun
    AtomicReference<Supervisor> closed = new AtomicReference<>();
    AtomicBoolean released = new AtomicBoolean();
    closed.set(
        new Supervisor(
            NAME,
            () -> {
              requireNonNull(closed.get()).close();
              return first.session(() -> released.set(true));
            },
            failure -> {}));

    // When
    begun(requireNonNull(closed.get()));

    // Then
    await().untilTrue(released);
    assertThat(first.publisher().isClosed()).isTrue();
  }

  @Test
  void shouldCloseWhileASessionIsBeingOpened() throws InterruptedException {
    // Given
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    openings.clear();
    openings.add(first::session);
    openings.add(
        () -> {
          opening.countDown();
          never.await();
          return second.session();
        });
    Supervisor supervisor =
        begun(new Supervisor(NAME, this::open, Duration.ofMillis(50), failure -> {}));
    first.publisher().fail(new TransientException("no broker"));
    first.source().gives("c", "1");
    opening.await();

    // When
    supervisor.close();

    // Then
    assertThat(first.publisher().isClosed()).isTrue();
    assertThat(first.source().isClosed()).isTrue();
  }

  @Test
  void shouldStopASessionThatOpensAfterTheClosing() throws InterruptedException {
    // Given
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    openings.clear();
    openings.add(first::session);
    openings.add(
        () -> {
          opening.countDown();
          closing.await();
          return second.session();
        });
    Supervisor supervisor = begun(new Supervisor(NAME, this::open, failure -> {}));
    first.publisher().fail(new TransientException("no broker"));
    first.source().gives("c", "1");
    opening.await();

    // When
    Thread closer = new Thread(supervisor::close);
    closer.start();
    await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
    closing.countDown();
    closer.join();

    // Then
    assertThat(second.publisher().isClosed()).isTrue();
    assertThat(second.source().isClosed()).isTrue();
  }

  @Test
  void shouldStandByUntilTheOtherIsGone() throws InterruptedException {
    // Given
    AtomicInteger asked = new AtomicInteger();
    Supervisor supervisor =
        new Supervisor(
            NAME,
            () -> {
              if (asked.incrementAndGet() < 3) {
                throw new StandbyException(NAME);
              }
              return first.session();
            },
            failure -> {});

    // When
    begun(supervisor);
    assertThat(supervisor.isStandby()).isTrue();
    assertThat(supervisor.sourceProblem()).as("ready to take over").isEmpty();

    // Then
    first.source().gives("c", "1");
    await().until(() -> first.publisher().valuesOf("topic").contains("1"));
    assertThat(supervisor.isStandby()).isFalse();
    supervisor.close();
  }

  @Test
  void shouldNotBeReadyWhereItCannotTellWhoLeads() throws InterruptedException {
    // Given
    AtomicInteger asked = new AtomicInteger();
    Supervisor supervisor =
        new Supervisor(
            NAME,
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new StandbyException(NAME);
              }
              throw new TransientException("PostgreSQL is away");
            },
            failure -> {});

    // When
    begun(supervisor);

    // Then
    await().until(() -> supervisor.sourceProblem().equals(Optional.of("PostgreSQL is away")));
    supervisor.close();
  }

  private Session open() throws InterruptedException {
    Supervisor.@Nullable Opening next = openings.poll();
    return next == null ? fail(new TransientException("nothing left to open")) : next.open();
  }

  private static Session fail(RuntimeException failure) {
    throw failure;
  }

  private static Supervisor begun(Supervisor supervisor) throws InterruptedException {
    supervisor.begin();
    return supervisor;
  }
}
