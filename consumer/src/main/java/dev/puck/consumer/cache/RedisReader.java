package dev.puck.consumer.cache;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/** Reads entries from Redis, and sees that it has them all. Thread-safe. */
final class RedisReader {
  private static final byte[] ID = RedisNames.bytes("id");
  private static final byte[] STATE = RedisNames.bytes("state");

  private final RedisDatabase redis;
  private final RedisNames names;

  RedisReader(RedisDatabase redis, RedisNames names) {
    this.redis = redis;
    this.names = names;
  }

  /**
   * The entries of those keys that have one. The state is read before and after: so entries of a
   * Redis that lost some, and is being filled with older ones first, are never taken for the
   * latest.
   */
  Map<String, CacheEntry> read(Collection<String> keys) {
    Answers answers = redis.pipeline(pipeline -> ask(pipeline, keys));
    List<byte @Nullable []> before = answers.before();
    List<byte @Nullable []> after = answers.after();
    if (!isComplete(before) || !isComplete(after) || !text(before, 0).equals(text(after, 0))) {
      throw new IncompleteException("warming: Redis is being filled");
    }
    Map<String, CacheEntry> found = new HashMap<>();
    answers
        .entries()
        .forEach(
            (key, text) -> {
              @Nullable CacheEntry entry = RedisEntry.parse(text);
              if (entry != null) {
                found.put(key, entry);
              }
            });
    return found;
  }

  private record Answers(
      List<byte @Nullable []> before, Map<String, byte[]> entries, List<byte @Nullable []> after) {}

  private Supplier<Answers> ask(AbstractPipeline pipeline, Collection<String> keys) {
    Response<List<byte[]>> before = pipeline.hmget(names.state(), ID, STATE);
    Map<String, Response<byte[]>> entries = new HashMap<>();
    keys.forEach(key -> entries.put(key, pipeline.get(names.entry(key))));
    Response<List<byte[]>> after = pipeline.hmget(names.state(), ID, STATE);
    return () -> new Answers(before.get(), present(entries), after.get());
  }

  private static Map<String, byte[]> present(Map<String, Response<byte[]>> answers) {
    Map<String, byte[]> entries = new HashMap<>();
    answers.forEach(
        (key, answer) -> {
          byte @Nullable [] text = answer.get();
          if (text != null) {
            entries.put(key, text);
          }
        });
    return entries;
  }

  private static boolean isComplete(List<byte @Nullable []> state) {
    return text(state, 1).equals("complete");
  }

  private static String text(List<byte @Nullable []> fields, int index) {
    byte @Nullable [] bytes = fields.get(index);
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
