package dev.puck.bridge.relay;

import com.fasterxml.jackson.core.JsonPointer;
import org.jspecify.annotations.Nullable;

/**
 * Where a channel's messages go.
 *
 * @param key where in the payload the record's key stands; null: no key
 */
public record Route(String channel, String topic, @Nullable JsonPointer key) {}
