package dev.puck.bridge.config;

import dev.puck.service.config.Problems;
import dev.puck.service.config.Setting;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which channel goes to which topic.
 *
 * @param topic null: the prefix and the channel
 * @param key a JSON Pointer (RFC 6901) into the payload; null: no key, and so no order
 */
public record RouteConfig(
    @Setting("The channel to listen on, spelled as in `NOTIFY`; at most 63 bytes.") String channel,
    @Setting("The topic to publish to; without it the prefix and the channel's name.")
        @Nullable String topic,
    @Setting(
            "Where in a JSON payload the record's key stands, as a JSON Pointer such as"
                + " `/messageid`. Records of one key keep their order; without it there is no order.")
        @Nullable String key) {
  /** NAMEDATALEN - 1: PostgreSQL cuts longer identifiers silently in LISTEN. */
  private static final int MAX_CHANNEL_BYTES = 63;

  private static final Pattern POINTER = Pattern.compile("(?:/(?:[^~/]|~[01])*)+");

  public RouteConfig {
    new Problems()
        .notBlank("channel", channel)
        .bytesAtMost("channel", channel, MAX_CHANNEL_BYTES, "PostgreSQL")
        .check(channel.indexOf('\0') < 0, "channel", "holds a zero character; PostgreSQL has none.")
        .matches("topic", topic, TopicsConfig.TOPIC_NAME, TopicsConfig.TOPIC_RULE)
        .matches("key", key, POINTER, "a JSON Pointer such as /messageid")
        .throwIfAny();
  }
}
