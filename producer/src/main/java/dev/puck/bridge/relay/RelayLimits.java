package dev.puck.bridge.relay;

import java.time.Duration;

/**
 * How much a relay may hold, and for how long.
 *
 * @param queueMaxBytes how many bytes of changes may wait
 * @param checkpointInterval how often the checkpoint is written
 */
public record RelayLimits(long queueMaxBytes, Duration checkpointInterval) {}
