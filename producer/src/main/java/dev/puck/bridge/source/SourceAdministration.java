package dev.puck.bridge.source;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * An operator's decisions about a durable source that no bridge reads at the moment. Not
 * thread-safe.
 */
public interface SourceAdministration extends AutoCloseable {
  /** The position before everything that the source still has. */
  Position earliest();

  /** The position after everything that the source has. */
  Position now();

  /**
   * The same place in the database as it is now, after a restore or a failover that lost nothing.
   */
  Position adopted(Position position);

  /** Makes it the bridge's, where a source knows whose it is. */
  default void adopt() {}

  /** Whose it is, in words; empty: nobody's yet, or the source does not know. */
  default Optional<String> owner() {
    return Optional.empty();
  }

  /** How many rows the position does not cover; empty: not known. */
  default OptionalLong waiting(Position position) {
    return OptionalLong.empty();
  }

  @Override
  void close();
}
