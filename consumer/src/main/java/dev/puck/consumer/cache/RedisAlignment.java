package dev.puck.consumer.cache;

import dev.puck.consumer.cache.RedisDatabase.Call;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.service.retry.TransientException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aligns the entries in Redis, each by a script. */
final class RedisAlignment implements Alignment {
  private final RedisStore store;
  private final RedisState state;
  private final RedisNames names;
  private final RedisDatabase redis;
  private final SourceSnapshot snapshot;
  private final Lifetime lifetime;
  private final String id;
  private long replaced;
  private long newer;
  private long removed;

  RedisAlignment(
      RedisStore store,
      RedisState state,
      RedisNames names,
      RedisDatabase redis,
      SourceSnapshot snapshot,
      Lifetime lifetime) {
    this.store = store;
    this.state = state;
    this.names = names;
    this.redis = redis;
    this.snapshot = snapshot;
    this.lifetime = lifetime;
    @Nullable String found = state.read().id();
    if (found == null) {
      throw lost();
    }
    this.id = found;
  }

  @Override
  public void rows(List<TruthRow> rows) {
    byte[] truth = RedisNames.bytes(snapshot.text());
    List<Call> calls = new ArrayList<>(rows.size());
    for (TruthRow row : rows) {
      byte[] end = RedisNames.bytes(Long.toString(lifetime.end(row.value(), snapshot)));
      calls.add(new Call(names.entry(row.key()), List.of(truth, end, row.value())));
    }
    for (Object answer : redis.run(RedisScript.ALIGN, calls)) {
      if (Long.valueOf(1).equals(answer)) {
        replaced++;
      } else {
        newer++;
      }
    }
  }

  /**
   * Notes the truth first: what comes late from before it, of keys that the truth does not have, is
   * not written any more while these are looked for.
   */
  @Override
  public Result finish() {
    requireSame();
    store.aligned(snapshot);
    List<byte[]> arguments =
        List.of(
            RedisNames.bytes(snapshot.text()),
            RedisNames.bytes(Long.toString(lifetime.end(null, snapshot))));
    redis.scan(
        names.pattern(), keys -> removed += store.runAll(RedisScript.REMOVE, keys, arguments));
    requireSame();
    return new Result(replaced, newer, removed);
  }

  private void requireSame() {
    if (!state.aligned(id, snapshot)) {
      throw lost();
    }
  }

  private static TransientException lost() {
    return new TransientException(
        "Redis has lost the cache; it is aligned once it is being read again");
  }
}
