package dev.puck.consumer.cache;

import dev.puck.consumer.cache.RedisDatabase.Call;
import dev.puck.consumer.projection.FencedException;
import dev.puck.consumer.projection.SourceSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A cache's state in Redis: its offsets, in a hash beside the entries. A Redis that loses its data
 * loses both, and one that comes back with older data has both older: either is seen by the next
 * who moves an offset, since it is not where it was left.
 *
 * <p>Thread-safe.
 */
final class RedisState {
  private static final String ID = "id";
  private static final String STATE = "state";
  private static final String ALIGNED = "aligned";
  private static final String COMPLETE = "complete";

  private final RedisDatabase redis;
  private final byte[] name;

  RedisState(RedisDatabase redis, byte[] name) {
    this.redis = redis;
    this.name = name;
  }

  /** All of it; empty if there is none. */
  record Fields(Map<String, String> values) {
    boolean isMissing() {
      return values.isEmpty();
    }

    @Nullable String id() {
      return values.get(ID);
    }

    boolean isComplete() {
      return COMPLETE.equals(values.get(STATE));
    }

    @Nullable SourceSnapshot aligned() {
      @Nullable String text = values.get(ALIGNED);
      return text == null ? null : SourceSnapshot.parse(text);
    }

    /** All of them. */
    Map<TopicPartition, Long> next() {
      Map<TopicPartition, Long> next = new HashMap<>();
      values.forEach(
          (field, offset) -> {
            @Nullable TopicPartition partition = RedisNames.partition(field);
            if (partition != null) {
              next.put(partition, Long.valueOf(offset));
            }
          });
      return next;
    }

    @Nullable Long next(TopicPartition partition) {
      @Nullable String offset = values.get(RedisNames.next(partition));
      return offset == null ? null : Long.valueOf(offset);
    }
  }

  Fields read() {
    Map<String, String> fields = new HashMap<>();
    redis
        .<Map<byte[], byte[]>>pipeline(pipeline -> pipeline.hgetAll(name))
        .forEach((field, value) -> fields.put(text(field), text(value)));
    return new Fields(fields);
  }

  /** Makes one, unless another process just has; the cache is complete once it is at the ends. */
  void begin(Map<TopicPartition, Long> ends) {
    List<byte[]> fields = new ArrayList<>();
    add(fields, ID, UUID.randomUUID().toString());
    add(fields, STATE, "filling");
    ends.forEach((partition, end) -> add(fields, RedisNames.end(partition), end.toString()));
    Object unused = redis.run(RedisScript.BEGIN, new Call(name, fields));
  }

  /**
   * Moves offsets; {@code expected} has none for those that are new.
   *
   * @throws FencedException if they are not as expected
   */
  void advance(String id, Map<TopicPartition, Long> expected, Map<TopicPartition, Long> next) {
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(RedisNames.bytes(id));
    next.forEach(
        (partition, offset) -> {
          @Nullable Long from = expected.get(partition);
          add(arguments, RedisNames.next(partition), from == null ? "" : from.toString());
          arguments.add(RedisNames.bytes(offset.toString()));
        });
    List<?> answer = (List<?>) redis.run(RedisScript.ADVANCE, new Call(name, arguments));
    String outcome = text(answer.get(0));
    if (!outcome.equals("done")) {
      throw new FencedException(
          outcome.equals("lost")
              ? "The cache's state in Redis is gone, and its entries with it"
              : "The offset '" + text(answer.get(1)) + "' in Redis is not where it was left");
    }
  }

  /** Notes the truth that the entries are aligned to; false if the state is another one. */
  boolean aligned(String id, SourceSnapshot snapshot) {
    List<byte[]> arguments = List.of(RedisNames.bytes(id), RedisNames.bytes(snapshot.text()));
    return Long.valueOf(1).equals(redis.run(RedisScript.ALIGNED, new Call(name, arguments)));
  }

  private static void add(List<byte[]> arguments, String field, String value) {
    arguments.add(RedisNames.bytes(field));
    arguments.add(RedisNames.bytes(value));
  }

  private static String text(Object bytes) {
    return bytes instanceof byte[] text
        ? new String(text, StandardCharsets.UTF_8)
        : bytes.toString();
  }
}
