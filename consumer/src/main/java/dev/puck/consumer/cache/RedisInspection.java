package dev.puck.consumer.cache;

import dev.puck.consumer.cache.RedisDatabase.Call;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.service.retry.TransientException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/** Looks at the entries in Redis; each answer is seen to be of a Redis that has them all. */
final class RedisInspection implements Inspection {
  private final RedisState state;
  private final RedisNames names;
  private final RedisDatabase redis;
  private final SourceSnapshot truth;
  private final Lifetime lifetime;
  private final @Nullable String id;

  RedisInspection(
      RedisState state,
      RedisNames names,
      RedisDatabase redis,
      SourceSnapshot truth,
      Lifetime lifetime) {
    this.state = state;
    this.names = names;
    this.redis = redis;
    this.truth = truth;
    this.lifetime = lifetime;
    this.id = state.read().id();
    requireSame();
  }

  @Override
  public Map<String, Held> of(Collection<String> keys) {
    Map<String, Held> found = redis.pipeline(pipeline -> ask(pipeline, keys));
    requireSame();
    return found;
  }

  @Override
  public void all(Predicate<String> wanted, Consumer<Map<String, Held>> some) {
    redis.scan(names.pattern(), found -> some.accept(of(keys(found, wanted))));
  }

  @Override
  public boolean replace(String key, @Nullable Held was, byte @Nullable [] value) {
    requireSame();
    List<byte[]> arguments =
        List.of(
            RedisNames.bytes(was == null ? "" : was.version()),
            RedisNames.bytes(truth.text()),
            RedisNames.bytes(Long.toString(lifetime.end(value, truth))),
            RedisEntry.members(value));
    return Long.valueOf(1)
        .equals(redis.run(RedisScript.REPAIR, new Call(names.entry(key), arguments)));
  }

  private List<String> keys(List<String> entries, Predicate<String> wanted) {
    return entries.stream()
        .flatMap(entry -> Stream.ofNullable(names.key(entry)))
        .filter(wanted)
        .toList();
  }

  private Supplier<Map<String, Held>> ask(AbstractPipeline pipeline, Collection<String> keys) {
    Map<String, Response<byte[]>> answers = new HashMap<>();
    keys.forEach(key -> answers.put(key, pipeline.get(names.entry(key))));
    return () -> {
      Map<String, Held> found = new HashMap<>();
      answers.forEach((key, answer) -> put(found, key, answer));
      return found;
    };
  }

  private void put(Map<String, Held> found, String key, Response<byte[]> answer) {
    byte @Nullable [] text = text(answer);
    @Nullable Held held = text == null ? null : RedisEntry.held(text, truth);
    if (held != null) {
      found.put(key, held);
    }
  }

  /** What is no text is none of Puck's. */
  private static byte @Nullable [] text(Response<byte[]> answer) {
    try {
      return answer.get();
    } catch (JedisDataException e) {
      return null;
    }
  }

  private void requireSame() {
    RedisState.Fields fields = state.read();
    if (id == null || !id.equals(fields.id()) || !fields.isComplete()) {
      throw new TransientException(
          "Redis has lost the cache; it is audited once it has been read again.");
    }
  }
}
