package dev.puck.consumer.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a cache has of a key.
 *
 * @param value what Jackson can write
 * @param version differs from that of every other value of the key; null where the cache has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CacheValue(Object value, @Nullable String version) {
  /** What is JSON in UTF-8 already. */
  public static CacheValue ofJson(byte[] json, @Nullable String version) {
    return new CacheValue(new RawValue(new String(json, StandardCharsets.UTF_8)), version);
  }
}
