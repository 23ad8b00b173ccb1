package dev.puck.consumer.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.service.retry.TransientException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ErrandsTest {
  private final Errands errands = new Errands();
  private final AtomicInteger done = new AtomicInteger();

  @Test
  void shouldDoWhatWasAskedForWhenItIsTheThreadsTurn() {
    CompletableFuture<Integer> asked = errands.add(done::incrementAndGet);
    assertThat(asked).isNotDone();

    errands.run();

    assertThat(asked).isCompletedWithValue(1);
  }

  @Test
  void shouldTellOfAFailureAndGoOn() {
    CompletableFuture<Integer> failing =
        errands.add(
            () -> {
              throw new IllegalStateException("no");
            });
    CompletableFuture<Integer> next = errands.add(done::incrementAndGet);

    errands.run();

    assertThatThrownBy(failing::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(next).isCompletedWithValue(1);
  }

  @Test
  void shouldNotDoWhatNobodyWaitsForAnyMore() {
    assertThat(errands.add(done::incrementAndGet).cancel(false)).isTrue();

    errands.run();

    assertThat(done).hasValue(0);
  }

  @Test
  void shouldTellThatNothingIsDoneAfterTheEnd() {
    CompletableFuture<Integer> before = errands.add(done::incrementAndGet);

    errands.end();

    assertThatThrownBy(before::join).hasCauseInstanceOf(TransientException.class);
    assertThatThrownBy(errands.add(done::incrementAndGet)::join)
        .hasCauseInstanceOf(TransientException.class);
    assertThat(done).hasValue(0);
  }
}
