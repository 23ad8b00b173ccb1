package dev.puck.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a cache answered. */
public sealed interface CacheRead {
  /**
   * The value, or null where there is none now.
   *
   * @throws IllegalStateException if that is not known: {@link Stale} and {@link Warming}
   */
  @Nullable JsonNode orNull();

  /**
   * There is a value.
   *
   * @param version of two of a key the later one is the greater text; null: the cache has none
   * @param age since the cache knew last that it was up to date; in whole seconds
   */
  record Found(JsonNode value, @Nullable String version, Duration age) implements CacheRead {
    @Override
    public JsonNode orNull() {
      return value;
    }
  }

  /**
   * There is no such key, or no such cache.
   *
   * @param reason which of the two
   */
  record Missing(String reason) implements CacheRead {
    @Override
    public @Nullable JsonNode orNull() {
      return null;
    }
  }

  /**
   * The cache did not show in time what the token stands for. Read without it, or read the source.
   *
   * @param missing how far behind it is, in words for a person
   */
  record Stale(String missing) implements CacheRead {
    @Override
    public JsonNode orNull() {
      throw new IllegalStateException(missing);
    }
  }

  /**
   * The cache is being filled, or its store is away: whether there is a value nobody knows yet.
   *
   * @param reason in words for a person
   */
  record Warming(String reason) implements CacheRead {
    @Override
    public JsonNode orNull() {
      throw new IllegalStateException(reason);
    }
  }
}
