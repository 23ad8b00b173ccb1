package dev.puck.consumer.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the tables say of a job.
 *
 * @param dueAt null if it is not scheduled
 * @param lastSuccessAt null if no run has succeeded
 */
record JobState(
    boolean paused, long overdue, @Nullable Instant lastSuccessAt, @Nullable Instant dueAt) {}
