package dev.puck.consumer;

import dev.puck.consumer.audit.AuditStatus;
import dev.puck.consumer.projection.ProjectionStatus;
import dev.puck.consumer.resync.ResyncStatus;
import java.util.List;

/**
 * How a consumer is, as {@code /status} shows it.
 *
 * @param consumer its name
 * @param projections reducers first
 * @param resyncs of the projections that have a truth
 * @param audits of the same
 * @param jobs their names; how they are is asked of the database, at {@code /jobs}
 */
public record ConsumerStatus(
    String consumer,
    List<ProjectionStatus> projections,
    List<ResyncStatus> resyncs,
    List<AuditStatus> audits,
    List<String> jobs) {
  public ConsumerStatus {
    projections = List.copyOf(projections);
    resyncs = List.copyOf(resyncs);
    audits = List.copyOf(audits);
    jobs = List.copyOf(jobs);
  }
}
