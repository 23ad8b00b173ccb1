package dev.puck.consumer.config;

import dev.puck.service.config.Problems;
import dev.puck.service.config.Setting;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest row or message by key.
 *
 * @param ttl null: values stay until they are replaced
 * @param truth null: the cache is made from its topics alone
 */
public record CacheConfig(
    @Setting("Its name, as in `GET /caches/NAME/KEY`.") String name,
    @Setting("The topics that it is made from, all of one bridge.") List<String> topics,
    @Setting(
            value =
                "Where its entries are: `memory`, complete in every process, or `redis`, which the"
                    + " processes fill together.",
            defaultValue = "memory")
        StoreKind store,
    @Setting(
            value =
                "With `redis`, the name of a key's entry there: `{key}` stands for the key,"
                    + " `{cache}` for the cache's name.",
            defaultValue = "puck:{cache}:{key}")
        String keyTemplate,
    @Setting(
            "How long a value is served after its last change; without it until it is replaced or"
                + " gone.")
        @Nullable Duration ttl,
    @Setting(
            value =
                "How long is remembered that a key is gone, so that nothing older brings it back:"
                    + " ten times as long as a consumer may pause.",
            defaultValue = "1h")
        Duration tombstoneTtl,
    @Setting(
            "A query on `consumer.source` for what the cache must hold, as columns `key` (text) and"
                + " `value` (json); for resync.")
        @Nullable String truth) {
  static final String KEY = "{key}";
  private static final String CACHE = "{cache}";

  public CacheConfig {
    topics = List.copyOf(topics);
    Problems problems =
        new Problems()
            .matches("name", name, Names.PATTERN, Names.RULE)
            .check(!topics.isEmpty(), "topics", "is empty; name at least one topic.")
            .check(
                keyTemplate.indexOf(KEY) >= 0
                    && keyTemplate.indexOf(KEY) == keyTemplate.lastIndexOf(KEY),
                "key-template",
                "is '" + keyTemplate + "'; it must have {key} once.")
            .positive("tombstone-ttl", tombstoneTtl)
            .notBlank("truth", truth);
    if (ttl != null) {
      problems.positive("ttl", ttl);
    }
    problems.throwIfAny();
  }

  /** What stands before the key in the name of an entry. */
  public String keyPrefix() {
    return named().substring(0, named().indexOf(KEY));
  }

  /** What stands behind the key in the name of an entry. */
  public String keySuffix() {
    return named().substring(named().indexOf(KEY) + KEY.length());
  }

  private String named() {
    return keyTemplate.replace(CACHE, name);
  }
}
