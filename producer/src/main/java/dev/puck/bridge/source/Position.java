package dev.puck.bridge.source;

/**
 * How far a source has been read; everything before it was read, and nothing after it.
 *
 * @param text the source's own spelling, opaque to everyone else; equal positions have equal texts
 */
public record Position(String text) {}
