package dev.puck.bridge.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeQueueTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void shouldKeepTheOrder() throws InterruptedException {
    // Given
    ChangeQueue queue = new ChangeQueue(10_000);
    queue.put(batch("a"), Duration.ZERO);
    queue.put(batch("b"), Duration.ZERO);

    // When, Then
    assertThat(queue.poll(Duration.ZERO)).isEqualTo(batch("a"));
    assertThat(queue.poll(Duration.ZERO)).isEqualTo(batch("b"));
    assertThat(queue.poll(Duration.ZERO)).isNull();
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.bytes()).isZero();
  }

  @Test
  void shouldRefuseWhenFullAndOpenAgainOnlyAtHalf() throws InterruptedException {
    // Given
    long size = batch("a").sizeInBytes();
    ChangeQueue queue = new ChangeQueue(4 * size);
    for (int i = 0; i < 4; i++) {
      assertThat(queue.put(batch("a"), Duration.ZERO)).isTrue();
    }

    // When, Then
    assertThat(queue.put(batch("b"), Duration.ofMillis(5))).isFalse();
    queue.poll(Duration.ZERO);
    assertThat(queue.put(batch("b"), Duration.ZERO)).as("three quarters").isFalse();
    queue.poll(Duration.ZERO);
    assertThat(queue.put(batch("b"), Duration.ZERO)).as("half").isTrue();
    assertThat(queue.bytes()).isEqualTo(3 * size);
  }

  @Test
  void shouldTakeABatchThatIsLargerThanItself() throws InterruptedException {
    // Given
    ChangeQueue queue = new ChangeQueue(1);

    // When, Then
    assertThat(queue.put(batch("a"), Duration.ZERO)).isTrue();
    assertThat(queue.put(batch("b"), Duration.ZERO)).isFalse();
    assertThat(queue.poll(Duration.ZERO)).isEqualTo(batch("a"));
    assertThat(queue.put(batch("b"), Duration.ZERO)).isTrue();
  }

  @Test
  void shouldKeepOnlyTheNewestOfEmptyBatchesThatNobodyTakes() throws InterruptedException {
    // Given
    ChangeQueue queue = new ChangeQueue(10_000);
    queue.put(batch("a"), Duration.ZERO);

    // When
    for (int i = 0; i < 1_000; i++) {
      queue.put(new Batch(List.of(), null, AT.plusSeconds(i), null), Duration.ZERO);
    }
    queue.put(batch("b"), Duration.ZERO);

    // Then
    assertThat(queue.poll(Duration.ZERO)).isEqualTo(batch("a"));
    assertThat(queue.poll(Duration.ZERO))
        .isEqualTo(new Batch(List.of(), null, AT.plusSeconds(999), null));
    assertThat(queue.poll(Duration.ZERO)).isEqualTo(batch("b"));
  }

  @Test
  void shouldWakeTheReaderWhenThereIsRoomAndThePublisherWhenSomethingCame() throws Exception {
    // Given
    ChangeQueue queue = new ChangeQueue(1);
    queue.put(batch("a"), Duration.ZERO);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      // When
      CompletableFuture<Boolean> put = new CompletableFuture<>();
      threads.execute(() -> complete(put, queue));
      queue.poll(LONG);

      // Then
      assertThat(queue.poll(LONG)).isEqualTo(batch("b"));
      assertThat(put).succeedsWithin(LONG).isEqualTo(true);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldLetGoOfAnInterruptedReader() {
    // Given
    ChangeQueue queue = new ChangeQueue(1);
    CompletableFuture<Boolean> put = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              complete(new CompletableFuture<>(), queue);
              complete(put, queue);
            });
    reader.start();
    await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);

    // When
    reader.interrupt();

    // Then
    await().until(() -> !reader.isAlive());
    assertThat(put).isCompletedExceptionally();
  }

  @Test
  void shouldLoseNothingBetweenTwoThreads() throws Exception {
    // Given
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    ChangeQueue queue = new ChangeQueue(2_000);
    List<Batch> sent = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      sent.add(batch("x".repeat(random.nextInt(300)) + i));
    }
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      // When
      CompletableFuture<Boolean> all = new CompletableFuture<>();
      threads.execute(() -> sent.forEach(each -> putUntilTaken(queue, each, all)));
      List<@Nullable Batch> received = new ArrayList<>();
      while (received.size() < sent.size()) {
        received.add(queue.poll(LONG));
      }

      // Then
      assertThat(received).as("seed %d", seed).isEqualTo(sent);
      assertThat(queue.bytes()).isZero();
      assertThat(all).isNotCompletedExceptionally();
    } finally {
      threads.shutdownNow();
    }
  }

  private static void putUntilTaken(
      ChangeQueue queue, Batch batch, CompletableFuture<Boolean> failure) {
    try {
      while (!queue.put(batch, Duration.ofMillis(1))) {
        Thread.onSpinWait();
      }
    } catch (InterruptedException e) {
      failure.completeExceptionally(e);
    }
  }

  private static void complete(CompletableFuture<Boolean> put, ChangeQueue queue) {
    try {
      put.complete(queue.put(batch("b"), LONG));
    } catch (InterruptedException e) {
      put.completeExceptionally(e);
    }
  }

  private static Batch batch(String payload) {
    List<Change> changes = List.of(new Message("c", payload, AT));
    return new Batch(changes, null, AT, null);
  }
}
