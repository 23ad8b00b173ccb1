package dev.puck.consumer.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a cache has of a key.
 *
 * @param value what Jackson can write
 * @param version differs from that of every other value of the key; null where the cache has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CacheValue(Object value, @Nullable String version) {}
