package dev.puck.consumer.cache;

/**
 * What the truth says of a key. Whoever holds it must not change the array.
 *
 * @param value JSON in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // A value's bytes, which nobody compares.
public record TruthRow(String key, byte[] value) {}
