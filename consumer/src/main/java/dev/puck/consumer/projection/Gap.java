package dev.puck.consumer.projection;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An interval in which events may be missing, as it is shown.
 *
 * @param id its identity; every partition's record of one gap has the same
 * @param topic a topic concerned
 * @param from null where only offsets are known, which the reason then names
 * @param to as {@code from}
 * @param reason in words for a person
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Gap(
    String id, String topic, @Nullable String from, @Nullable String to, String reason) {}
