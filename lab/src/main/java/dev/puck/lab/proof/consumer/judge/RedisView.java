package dev.puck.lab.proof.consumer.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Response;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Caches in Redis, as anyone can read them by docs/caches.md. Used by one thread. */
public final class RedisView implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String host;
  private final int port;
  private final Layout layout;
  private @Nullable Jedis redis;

  public RedisView(String host, int port, Layout layout) {
    this.host = host;
    this.port = port;
    this.layout = layout;
  }

  /**
   * What a cache says of those keys, all at one moment; null while Redis is away, and while the
   * cache's state does not say that it is complete.
   */
  @Nullable Map<String, Seen> read(String cache, Collection<String> keys) {
    try {
      return readAll(connected(), cache, List.copyOf(keys));
    } catch (JedisConnectionException | JedisDataException e) {
      close(); // away, or loading what it had
      return null;
    }
  }

  /** The keys that it has something for, if only that they are gone. */
  Set<String> keys(String cache) {
    Set<String> keys = new HashSet<>();
    String prefix = layout.entries(cache);
    ScanParams params = new ScanParams().match(prefix + "*").count(1_000);
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
      ScanResult<String> some = connected().scan(cursor, params);
      some.getResult().forEach(each -> keys.add(each.substring(prefix.length())));
      cursor = some.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return keys;
  }

  @Override
  public void close() {
    if (redis != null) {
      redis.close();
      redis = null;
    }
  }

  private @Nullable Map<String, Seen> readAll(Jedis from, String cache, List<String> keys) {
    String[] names = keys.stream().map(key -> layout.entries(cache) + key).toArray(String[]::new);
    Transaction both = from.multi();
    Response<String> state = both.hget(layout.state(cache), "state");
    Response<List<String>> entries = both.mget(names);
    List<Object> unused = both.exec();
    if (!"complete".equals(state.get())) {
      return null;
    }
    Map<String, Seen> seen = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      seen.put(keys.get(i), parse(entries.get().get(i)));
    }
    return seen;
  }

  private static Seen parse(@Nullable String entry) {
    if (entry == null) {
      return Seen.NOTHING;
    }
    try {
      JsonNode json = JSON.readTree(entry);
      JsonNode value = json.path("value");
      return new Seen(
          json.path("version").asText(), value.isMissingNode() ? null : value.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not JSON in Redis: " + entry, e);
    }
  }

  private Jedis connected() {
    if (redis == null) {
      redis = new Jedis(host, port, TIMEOUT_MILLIS);
    }
    return redis;
  }
}
