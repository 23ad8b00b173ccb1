package dev.puck.consumer.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final TopicPartition ONE = new TopicPartition("t", 1);
  private static final TopicPartition TWO = new TopicPartition("t", 2);

  private final WarmUp warmUp = new WarmUp();

  @Test
  void shouldLastUntilEveryEndIsReached() {
    // Given
    assertThat(warmUp.isOver()).isFalse();
    warmUp.expect(ONE, 0, 5);
    warmUp.expect(TWO, 7, 7);
    warmUp.begin();

    // When, Then
    warmUp.reached(ONE, 4);
    assertThat(warmUp.isOver()).isFalse();
    warmUp.reached(ONE, 5);
    assertThat(warmUp.isOver()).isTrue();
  }

  @Test
  void shouldNotWaitForPartitionsThatWereTaken() {
    warmUp.expect(ONE, 0, 5);
    warmUp.begin();
    warmUp.release(List.of(ONE));
    assertThat(warmUp.isOver()).isTrue();
  }

  @Test
  void shouldNeverBeginAgain() {
    warmUp.begin();
    assertThat(warmUp.isOver()).isTrue();
    warmUp.expect(ONE, 0, 5);
    assertThat(warmUp.isOver()).isTrue();
  }
}
