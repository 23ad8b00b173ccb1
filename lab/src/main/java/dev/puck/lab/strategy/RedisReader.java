package dev.puck.lab.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.embedded.EmbeddedRedis;
import dev.puck.lab.tweet.MessageCounters.Counters;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;

/** Reads the entries of a cache in Redis, as anybody may: docs/caches.md. */
final class RedisReader implements Reader {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Jedis jedis;
  private final String prefix;

  RedisReader(EmbeddedRedis redis, String prefix) {
    this.jedis = new Jedis(redis.host(), redis.port());
    this.prefix = prefix + ":";
  }

  @Override
  public Counters read(long messageid) throws IOException {
    @Nullable String entry = jedis.get(prefix + messageid);
    if (entry == null) {
      return new Counters(messageid, 0, 0);
    }
    JsonNode value = JSON.readTree(entry).path("value");
    return new Counters(messageid, value.path("rts").asLong(), value.path("favs").asLong());
  }

  @Override
  public void close() {
    jedis.close();
  }
}
