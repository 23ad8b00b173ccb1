package dev.puck.bridge.config;

import static java.util.Objects.requireNonNullElse;

import dev.puck.service.config.Problems;
import dev.puck.service.config.Setting;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which channel or table goes to which topic.
 *
 * @param channel null if a table is routed
 * @param table null if a channel is routed
 * @param topic null: the prefix and the channel or table
 * @param key a JSON Pointer (RFC 6901) into the payload; null: as the message was given one
 * @param format of a table's changes; null: as Debezium without schema
 */
public record RouteConfig(
    @Setting("The channel, spelled as in `NOTIFY` or `puck.publish`; at most 63 bytes.")
        @Nullable String channel,
    @Setting(
            "Instead of a channel: the watched table, as `SCHEMA.TABLE`, spelled as in the catalog"
                + " and without quotes.")
        @Nullable String table,
    @Setting("The topic to publish to; without it the prefix and the channel's or table's name.")
        @Nullable String topic,
    @Setting(
            "Where in a JSON payload the record's key stands, as a JSON Pointer such as"
                + " `/messageid`; a key given to `puck.publish` goes before it. Records of one key"
                + " keep their order; without a key there is no order. A table's key is its primary"
                + " key.")
        @Nullable String key,
    @Setting(
            "How a table's changes are written: `debezium` (the default), the JSON envelope without"
                + " schema; `debezium-with-schema`, as sinks and transforms of Kafka Connect read it;"
                + " or `flat`, the row itself with `__op`, and a tombstone for a deletion.")
        @Nullable RowFormat format) {
  /** NAMEDATALEN - 1: PostgreSQL cuts longer identifiers silently in LISTEN. */
  private static final int MAX_CHANNEL_BYTES = 63;

  private static final Pattern POINTER = Pattern.compile("(?:/(?:[^~/]|~[01])*)+");
  private static final Pattern TABLE = Pattern.compile("(?s)[^.]+\\..+");

  public RouteConfig {
    Problems problems =
        new Problems()
            .check(
                (channel == null) != (table == null),
                "channel",
                "and table: a route has one of the two.")
            .notBlank("channel", channel)
            .matches("table", table, TABLE, "SCHEMA.TABLE, such as public.sale")
            .check(
                key == null || table == null,
                "key",
                "is given for a table, whose key is its primary key. Leave it out.")
            .check(
                format == null || channel == null,
                "format",
                "is given for a channel, whose messages go as they are. Leave it out.")
            .matches("topic", topic, TopicsConfig.TOPIC_NAME, TopicsConfig.TOPIC_RULE)
            .matches("key", key, POINTER, "a JSON Pointer such as /messageid");
    if (channel != null) {
      problems
          .bytesAtMost("channel", channel, MAX_CHANNEL_BYTES, "PostgreSQL")
          .check(
              channel.indexOf('\0') < 0, "channel", "holds a zero character; PostgreSQL has none.");
    }
    problems.throwIfAny();
  }

  /** For a channel's messages. */
  public static RouteConfig ofChannel(
      String channel, @Nullable String topic, @Nullable String key) {
    return new RouteConfig(channel, null, topic, key, null);
  }

  /** As it is, or by default. */
  public RowFormat rowFormat() {
    return requireNonNullElse(format, RowFormat.DEBEZIUM);
  }

  /** The channel or the table. */
  public String from() {
    return requireNonNullElse(channel, String.valueOf(table));
  }

  /** {@code channel} or {@code table}. */
  public String kind() {
    return channel != null ? "channel" : "table";
  }
}
