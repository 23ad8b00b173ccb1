package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.RowSchema;
import dev.puck.bridge.source.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code puck.outbox}, whose columns {@code sql/puck/02_outbox.sql} explains.
 *
 * @param atMicros microseconds since 1970
 * @param headers a JSON object of strings
 * @param schemaOfImages what a row's images and keys are; null: not known, or a message
 */
public record OutboxRow(
    long id,
    long xid,
    long atMicros,
    long relid,
    @Nullable String oldCtid,
    @Nullable String newCtid,
    char kind,
    char op,
    @Nullable String schema,
    String name,
    @Nullable String key,
    @Nullable String oldKey,
    @Nullable Utf8 oldRow,
    @Nullable Utf8 newRow,
    @Nullable Utf8 payload,
    @Nullable String headers,
    @Nullable RowSchema schemaOfImages) {
  /** The kinds. */
  static final char MESSAGE = 'm';

  static final char ROW = 'r';

  /** Operations of rows. */
  static final char CREATE = 'c';

  static final char UPDATE = 'u';
  static final char DELETE = 'd';
  static final char TRUNCATE = 't';

  /** Of a message. */
  static final char NO_OPERATION = ' ';

  /** Of an update that only links others. */
  static final char LINK = '-';

  boolean isMessage() {
    return kind == MESSAGE;
  }

  /** The same with its long texts. */
  OutboxRow with(@Nullable Utf8 itsOldRow, @Nullable Utf8 itsNewRow, @Nullable Utf8 itsPayload) {
    return new OutboxRow(
        id,
        xid,
        atMicros,
        relid,
        oldCtid,
        newCtid,
        kind,
        op,
        schema,
        name,
        key,
        oldKey,
        itsOldRow,
        itsNewRow,
        itsPayload,
        headers,
        schemaOfImages);
  }

  /** About how many bytes it takes in memory. */
  long sizeInBytes() {
    return 300
        + 2 * (length(key) + length(oldKey) + length(headers))
        + Utf8.lengthOf(oldRow)
        + Utf8.lengthOf(newRow)
        + Utf8.lengthOf(payload);
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
