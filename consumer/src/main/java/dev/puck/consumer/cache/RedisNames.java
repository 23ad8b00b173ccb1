package dev.puck.consumer.cache;

import dev.puck.consumer.config.CacheConfig;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How things of a cache are named in Redis.
 *
 * @param prefix what an entry's name begins with
 * @param suffix what it ends with
 * @param state the name of the cache's state
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes on their way to Redis, never compared.
record RedisNames(String prefix, String suffix, byte[] state) {
  private static final String NEXT = "next:";
  private static final Pattern SPECIAL = Pattern.compile("[\\\\*?\\[\\]]");

  /** Of the cache, which {@code group} fills. */
  static RedisNames of(CacheConfig config, String group) {
    return new RedisNames(config.keyPrefix(), config.keySuffix(), bytes("puck-state:" + group));
  }

  byte[] entry(String key) {
    return bytes(prefix + key + suffix);
  }

  /** What finds all entries, and perhaps more. */
  String pattern() {
    return literal(prefix) + "*" + literal(suffix);
  }

  /** The key of the entry with that name; null if it is none of this cache's. */
  @Nullable String key(String entry) {
    return entry.length() >= prefix.length() + suffix.length()
            && entry.startsWith(prefix)
            && entry.endsWith(suffix)
        ? entry.substring(prefix.length(), entry.length() - suffix.length())
        : null;
  }

  static String next(TopicPartition partition) {
    return NEXT + partition;
  }

  /** Of which partition that field is the {@link #next}; null if it is none. */
  static @Nullable TopicPartition partition(String field) {
    int dash = field.lastIndexOf('-');
    return field.startsWith(NEXT) && dash > NEXT.length()
        ? new TopicPartition(
            field.substring(NEXT.length(), dash), Integer.parseInt(field.substring(dash + 1)))
        : null;
  }

  static String end(TopicPartition partition) {
    return "end:" + partition;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String literal(String text) {
    return SPECIAL.matcher(text).replaceAll("\\\\$0");
  }
}
