package dev.puck.bridge.relay;

import com.fasterxml.jackson.core.JsonPointer;
import dev.puck.bridge.config.RowFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a channel's messages or a table's row changes go.
 *
 * @param from the channel, or the table as schema.table
 * @param key where in a message's payload the record's key stands; null: as the message says
 * @param format of a table's row changes
 */
public record Route(
    Kind kind, String from, String topic, @Nullable JsonPointer key, RowFormat format) {
  /** What a route is for. */
  public enum Kind {
    CHANNEL,
    TABLE
  }

  /** For a channel's messages. */
  public static Route ofChannel(String channel, String topic, @Nullable JsonPointer key) {
    return new Route(Kind.CHANNEL, channel, topic, key, RowFormat.DEBEZIUM);
  }

  /** For a table's row changes. */
  public static Route ofTable(String table, String topic, RowFormat format) {
    return new Route(Kind.TABLE, table, topic, null, format);
  }
}
