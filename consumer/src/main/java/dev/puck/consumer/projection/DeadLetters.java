package dev.puck.consumer.projection;

import java.util.List;

/** Keeps dead letters. Thread-safe. */
public interface DeadLetters {
  /**
   * Blocks until all of them are kept for good; may keep one twice if the caller tries again.
   *
   * @throws dev.puck.service.retry.TransientException if that is not certain
   */
  void send(List<DeadLetter> letters);
}
