package dev.puck.consumer.resync;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How the resync of a projection is, as it is shown.
 *
 * @param kind of the projection
 * @param name of the projection
 * @param state {@code idle}, {@code waiting}, {@code running}
 * @param reason why it was asked for last; null if it never was
 * @param rows of the truth, that were read by the one at hand or else the last
 * @param seconds how long the last one took; null before that
 * @param finishedAt when the last one ended well, ISO 8601; null before that
 * @param error why the last try failed; null if it did not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResyncStatus(
    String kind,
    String name,
    String state,
    @Nullable String reason,
    long rows,
    long completed,
    @Nullable Double seconds,
    @Nullable String finishedAt,
    @Nullable String error) {}
