package dev.puck.bridge.publisher;

import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;

/** Keeps events that Kafka does not take, outside of Kafka. Used by one thread. */
public interface DeadLetterStore extends AutoCloseable {
  /**
   * Keeps the event; when it returns, a crash of anything loses it no more. The same event again,
   * by its {@code puck.id}, is kept once. Gives up after some seconds rather than wait.
   *
   * @param reason why Kafka does not take it, in words for a person
   * @throws TransientException if trying again may help
   * @throws ConfigException if the store refuses it until a setting or a right changes
   */
  void keep(OutgoingEvent event, String reason);

  /** Releases what it holds; quick, also when the store is away. */
  @Override
  void close();
}
