package dev.puck.consumer;

import dev.puck.consumer.projection.ProjectionStatus;
import java.util.List;

/**
 * How a consumer is, as {@code /status} shows it.
 *
 * @param consumer its name
 * @param projections reducers first
 */
public record ConsumerStatus(String consumer, List<ProjectionStatus> projections) {
  public ConsumerStatus {
    projections = List.copyOf(projections);
  }
}
