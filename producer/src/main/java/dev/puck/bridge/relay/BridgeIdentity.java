package dev.puck.bridge.relay;

/**
 * What every record of one run of a bridge bears.
 *
 * @param bridge the bridge's name
 * @param source the source's name
 * @param epoch this run's part of the position
 */
public record BridgeIdentity(String bridge, String source, long epoch) {}
