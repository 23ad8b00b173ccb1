package dev.puck.bridge.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a table are gone.
 *
 * @param partition where only that partition was truncated, its name; null: the whole table
 * @param at when it happened
 */
public record Truncate(Relation relation, @Nullable String partition, Instant at, Origin origin)
    implements Change {
  private static final int OVERHEAD_BYTES = 200;

  @Override
  public long sizeInBytes() {
    return OVERHEAD_BYTES;
  }
}
