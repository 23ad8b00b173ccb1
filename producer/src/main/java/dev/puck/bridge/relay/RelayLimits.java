package dev.puck.bridge.relay;

import java.time.Duration;

/**
 * How much a relay may hold, and for how long.
 *
 * @param queueMaxBytes how many bytes of changes may wait
 * @param commitInterval how often it commits how far it came; zero: whenever it published something
 */
public record RelayLimits(long queueMaxBytes, Duration commitInterval) {}
