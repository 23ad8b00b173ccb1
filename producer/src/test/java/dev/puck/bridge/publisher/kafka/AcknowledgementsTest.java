package dev.puck.bridge.publisher.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
  private static final OutgoingEvent EVENT =
      new OutgoingEvent("t", null, new byte[] {7}, new byte[0], List.of(), "c");

  private long nanos;
  private final Acknowledgements acknowledgements = new Acknowledgements(() -> nanos);

  @Test
  void shouldCountOutAndIn() {
    // When
    acknowledgements.sending();
    acknowledgements.sending();
    acknowledgements.acknowledged(EVENT, null);

    // Then
    assertThat(acknowledgements.pending()).isEqualTo(1);
    assertThatCode(acknowledgements::throwIfFailed).doesNotThrowAnyException();
    assertThat(acknowledgements.problem()).isEmpty();
  }

  @Test
  void shouldStayFailedWithTheFirstError() {
    // When
    acknowledgements.sending();
    acknowledgements.sending();
    acknowledgements.sending();
    acknowledgements.acknowledged(EVENT, new NotEnoughReplicasException("first"));
    acknowledgements.acknowledged(EVENT, new IllegalStateException("second"));
    acknowledgements.acknowledged(EVENT, null);

    // Then
    assertThat(acknowledgements.pending()).isZero();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(acknowledgements::throwIfFailed)
          .isInstanceOf(TransientException.class)
          .hasMessage("Kafka did not store a record (first); publishing starts again.");
    }
  }

  @Test
  void shouldKeepWhatIsTooLargeApart() {
    // When
    acknowledgements.sending();
    acknowledgements.acknowledged(EVENT, new RecordTooLargeException("8000"));

    // Then
    assertThatCode(acknowledgements::throwIfFailed).doesNotThrowAnyException();
    assertThat(acknowledgements.drainTooLarge()).containsExactly(EVENT);
    assertThat(acknowledgements.drainTooLarge()).isEmpty();
  }

  @Test
  void shouldSayWhenNothingIsAcknowledgedForLong() {
    // Given
    pass(Duration.ofHours(1));
    assertThat(acknowledgements.problem()).as("nothing was sent").isEmpty();
    acknowledgements.sending();
    acknowledgements.sending();
    assertThat(acknowledgements.problem()).isEmpty();

    // When
    pass(Duration.ofSeconds(11));

    // Then
    assertThat(acknowledgements.problem())
        .contains("No acknowledgement from Kafka for 11 s (pending=2); retrying.");
    acknowledgements.acknowledged(EVENT, null);
    assertThat(acknowledgements.problem()).as("one came").isEmpty();
    pass(Duration.ofSeconds(11));
    acknowledgements.acknowledged(EVENT, null);
    assertThat(acknowledgements.problem()).as("all came").isEmpty();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void shouldWaitForTheLastOfAll() throws Exception {
    // Given
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      for (int i = 0; i < 1_000; i++) {
        acknowledgements.sending();
      }
      assertThat(acknowledgements.awaitNone(Duration.ZERO)).isFalse();

      // When
      threads.execute(
          () -> {
            for (int i = 0; i < 1_000; i++) {
              acknowledgements.acknowledged(EVENT, null);
            }
          });

      // Then
      assertThat(acknowledgements.awaitNone(Duration.ofSeconds(20))).isTrue();
    } finally {
      threads.shutdown();
      assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
