package dev.puck.consumer.projection;

import org.jspecify.annotations.Nullable;

/**
 * A key at which a projection is not what the truth says.
 *
 * @param key as text; of several columns a JSON object
 * @param served the value that readers see, as JSON; null: they see none
 * @param truth the value that it must be, as JSON; null: there must be none
 */
public record Divergence(String key, @Nullable String served, @Nullable String truth) {}
