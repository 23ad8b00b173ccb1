package dev.puck.consumer.config;

import dev.puck.service.config.Problems;
import dev.puck.service.connection.PostgresConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must be right between caches, and between them and what they use. */
final class CacheChecks {
  private CacheChecks() {}

  static void check(
      Problems problems,
      List<CacheConfig> caches,
      @Nullable RedisConfig redis,
      @Nullable PostgresConfig source) {
    boolean wantsRedis = caches.stream().anyMatch(CacheChecks::isInRedis);
    problems
        .check(
            redis != null || !wantsRedis,
            "redis",
            "is missing, and there are caches whose store is redis; give its url.")
        .check(
            source != null || caches.stream().allMatch(cache -> cache.truth() == null),
            "source",
            "is missing, and there are caches with a truth; give the database to ask for it.");
    for (int i = 0; i < caches.size(); i++) {
      checkTemplate(problems, caches, i);
    }
  }

  /** Whoever looks for the entries of one cache must not find those of another. */
  private static void checkTemplate(Problems problems, List<CacheConfig> caches, int index) {
    CacheConfig cache = caches.get(index);
    for (CacheConfig other : caches.subList(0, index)) {
      boolean overlap =
          cache.keyPrefix().startsWith(other.keyPrefix())
              || other.keyPrefix().startsWith(cache.keyPrefix());
      problems.check(
          !isInRedis(cache) || !isInRedis(other) || !overlap,
          "caches[" + index + "].key-template",
          "gives keys that begin with '"
              + cache.keyPrefix()
              + "', and those of the cache '"
              + other.name()
              + "' begin with '"
              + other.keyPrefix()
              + "'; let neither begin as the other does.");
    }
  }

  private static boolean isInRedis(CacheConfig cache) {
    return cache.store() == StoreKind.REDIS;
  }
}
