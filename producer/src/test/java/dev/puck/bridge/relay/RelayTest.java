package dev.puck.bridge.relay;

import static dev.puck.bridge.fake.FakePublisher.FLUSHED;
import static dev.puck.bridge.fake.FakeSource.AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.checkpoint.Checkpoint;
import dev.puck.bridge.fake.FakePublisher;
import dev.puck.bridge.fake.FakeSource;
import dev.puck.bridge.fake.RecordingListener;
import dev.puck.bridge.source.Gap;
import dev.puck.bridge.source.Message;
import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayTest {
  private static final Routes ROUTES =
      new Routes(List.of(Route.ofChannel("c", "topic", null)), "", null);
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration ALWAYS = Duration.ofNanos(1);

  private final FakeSource source = new FakeSource();
  private final FakePublisher publisher = new FakePublisher();
  private final RecordingListener listener = new RecordingListener();
  private final List<Throwable> failures = new ArrayList<>();
  private Thread thread = new Thread();

  @AfterEach
  void shouldLeaveNothingBehind() {
    // However a run ended, its reader ended and released the source.
    assertThat(source.isClosed()).isTrue();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("reader-fake-b1");
  }

  @Test
  void shouldKeepTheOrderAndDrainAtStop() {
    // Given
    Relay relay = start(1 << 20, NEVER);
    List<String> sent = IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();

    // When
    sent.forEach(each -> source.gives("c", each));
    await().until(source::isSpent);
    relay.stop();
    awaitEnd();

    // Then
    assertThat(publisher.valuesOf("topic")).isEqualTo(sent);
    assertThat(failures).isEmpty();
    assertThat(publisher.log()).last().isEqualTo(FLUSHED);
  }

  @Test
  void shouldDrainWhatWaitedWhileThePublisherWasAway() {
    // Given
    publisher.away();
    Relay relay = start(1 << 20, NEVER);
    source.gives("c", "1").gives("c", "2").gives("c", "3");
    await().until(source::isSpent);

    // When
    relay.stop();
    publisher.back();
    awaitEnd();

    // Then
    assertThat(publisher.valuesOf("topic")).containsExactly("1", "2", "3");
  }

  @Test
  void shouldCoverByACheckpointOnlyWhatWasFlushedBefore() {
    // Given
    Relay relay = start(1 << 20, ALWAYS);

    // When
    for (int i = 0; i < 50; i++) {
      source.gives(AT.plusSeconds(i), new Message("c", "m" + i, AT));
    }
    await().until(() -> publisher.valuesOf("topic").size() == 50);
    relay.stop();
    awaitEnd();

    // Then
    List<String> log = publisher.log();
    List<String> checkpoints = publisher.valuesOf(Checkpoint.TOPIC);
    assertThat(checkpoints).isNotEmpty().last().asString().contains("\"2026-01-01T00:00:49Z\"");
    for (String checkpoint : checkpoints) {
      int at = log.indexOf(Checkpoint.TOPIC + "=" + checkpoint);
      String second = checkpoint.replaceAll(".*T00:00:(\\d\\d).*", "$1");
      int covered = log.indexOf("topic=m" + Integer.parseInt(second));
      assertThat(log.subList(covered, at)).as(checkpoint).contains(FLUSHED);
    }
  }

  @Test
  void shouldNotRepeatACheckpointThatSaysNothingNew() {
    // Given
    Relay relay = start(1 << 20, ALWAYS);

    // When
    for (int i = 0; i < 50; i++) {
      source.gives("c", "m" + i);
    }
    await().until(() -> publisher.valuesOf("topic").size() == 50);
    relay.stop();
    awaitEnd();

    // Then
    assertThat(publisher.valuesOf(Checkpoint.TOPIC)).hasSize(1);
  }

  @Test
  void shouldEndAndFreeTheReaderWhenPublishingFails() {
    // Given
    publisher.away();
    start(1, NEVER);
    for (int i = 0; i < 10; i++) {
      source.gives("c", "x");
    }
    await().until(() -> source.backpressure() > 1);

    // When
    publisher.fail(new TransientException("no broker"));
    publisher.back();
    awaitEnd();

    // Then
    assertThat(failures).singleElement().isInstanceOf(TransientException.class);
    assertThat(failures.get(0)).hasMessage("no broker");
  }

  @Test
  void shouldEndWhenInterruptedWhileThePublisherIsAway() {
    // Given
    publisher.away();
    start(1, NEVER);
    source.gives("c", "1").gives("c", "2").gives("c", "3");
    await().until(() -> source.backpressure() > 0);

    // When
    thread.interrupt();
    awaitEnd();

    // Then
    assertThat(failures).hasSize(1);
  }

  @Test
  void shouldGoOnAfterTheSourceFailed() {
    // Given
    Relay relay = start(1 << 20, NEVER);

    // When
    source
        .gives("c", "1")
        .fails(new TransientException("gone"))
        .fails(new ConfigException("password refused"))
        .gives(AT, new Gap(AT, AT, "was gone"), new Message("c", "2", AT));
    await().until(() -> publisher.valuesOf("topic").size() == 4);
    relay.stop();
    awaitEnd();

    // Then
    assertThat(failures).isEmpty();
    assertThat(publisher.valuesOf("topic")).startsWith("1").endsWith("2");
    assertThat(listener.heard())
        .containsSubsequence("failed: gone", "failed: password refused", "gap: was gone");
  }

  @Test
  void shouldPublishWhatWasReadBeforeTheReadersFault() {
    // Given
    start(1 << 20, NEVER);

    // When
    source.gives("c", "1").fails(new IllegalStateException("a bug"));
    awaitEnd();

    // Then
    assertThat(publisher.valuesOf("topic")).containsExactly("1");
    assertThat(failures)
        .singleElement()
        .satisfies(
            e ->
                assertThat(e).isInstanceOf(TransientException.class).hasMessageContaining("a bug"));
  }

  private Relay start(long queueMaxBytes, Duration checkpointInterval) {
    Relay relay =
        new Relay(
            new BridgeIdentity("b1", "fake", 1, "db", "dev", null),
            ROUTES,
            List.of(),
            source,
            publisher,
            new RelayLimits(queueMaxBytes, checkpointInterval),
            listener);
    thread =
        new Thread(
            () -> {
              try {
                relay.run();
              } catch (RuntimeException | InterruptedException e) {
                failures.add(e);
              }
            });
    thread.start();
    return relay;
  }

  private void awaitEnd() {
    await().until(() -> !thread.isAlive());
  }
}
