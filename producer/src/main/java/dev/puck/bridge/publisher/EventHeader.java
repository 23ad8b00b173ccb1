package dev.puck.bridge.publisher;

/**
 * A record's header.
 *
 * @param value text, UTF-8 on the wire
 */
public record EventHeader(String name, String value) {}
