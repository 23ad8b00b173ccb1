package dev.puck.bridge.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of one row. Keys and images are JSON objects, as the source took them.
 *
 * @param key the primary key after the change (of a deletion: before it); null without primary key
 * @param oldKey the primary key before, where the change altered it; null otherwise
 * @param before the row before; null where there was none or the source does not know it
 * @param after the row after; null for a deletion
 * @param at when it happened
 * @param schema what its images and keys are; null: the source does not know
 */
public record RowChange(
    Relation relation,
    Operation operation,
    @Nullable String key,
    @Nullable String oldKey,
    @Nullable Utf8 before,
    @Nullable Utf8 after,
    Instant at,
    Origin origin,
    @Nullable RowSchema schema)
    implements Change {
  private static final int OVERHEAD_BYTES = 250;

  @Override
  public long sizeInBytes() {
    return OVERHEAD_BYTES
        + 2L * (length(key) + length(oldKey))
        + Utf8.lengthOf(before)
        + Utf8.lengthOf(after);
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
