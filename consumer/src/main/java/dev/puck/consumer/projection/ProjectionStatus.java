package dev.puck.consumer.projection;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a projection is, as {@code /status} shows it.
 *
 * @param topics where its events come from
 * @param lag records not applied yet; null while unknown
 * @param stalenessSeconds of the last event applied; null before the first
 * @param error what is wrong; null if nothing is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProjectionStatus(
    String name,
    String kind,
    List<String> topics,
    String state,
    @Nullable Long lag,
    long events,
    long deadLetters,
    List<Gap> gaps,
    @Nullable Double stalenessSeconds,
    @Nullable String error) {
  public ProjectionStatus {
    topics = List.copyOf(topics);
    gaps = List.copyOf(gaps);
  }
}
