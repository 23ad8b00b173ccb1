package dev.puck.bridge.source;

/**
 * What the columns of a relation are to Kafka Connect, each as a field of a struct in the JSON of
 * its {@code JsonConverter}, such as {@code {"type":"int32","optional":true,"field":"id"}}.
 *
 * @param columns the fields of a row, separated by commas
 * @param key the fields of its key; empty: there is none
 */
public record RowSchema(String columns, String key) {}
