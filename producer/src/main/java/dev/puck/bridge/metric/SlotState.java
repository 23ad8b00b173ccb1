package dev.puck.bridge.metric;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How a replication slot was when it was last looked at.
 *
 * @param status what PostgreSQL shows: {@code reserved}, {@code extended}, {@code unreserved} or
 *     {@code lost}
 * @param retainedBytes WAL that PostgreSQL keeps for it
 * @param safeBytes WAL that may be written before it is lost; null: without limit
 */
public record SlotState(
    @JsonProperty String status,
    @JsonProperty long retainedBytes,
    @JsonProperty @Nullable Long safeBytes) {}
