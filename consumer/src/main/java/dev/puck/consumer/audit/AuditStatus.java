package dev.puck.consumer.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How the audits of a projection are, as it is shown.
 *
 * @param kind of the projection
 * @param name of the projection
 * @param state {@code idle}, {@code waiting}, {@code running}
 * @param rows of the truth, that were read by the one at hand or else the last
 * @param completed the number of the last one that ended
 * @param next the number that one will have that is asked for now
 * @param last what that found; null before the first
 * @param error why the last try failed; null if it did not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditStatus(
    String kind,
    String name,
    String state,
    long rows,
    long completed,
    long next,
    @Nullable AuditResult last,
    @Nullable String error) {}
