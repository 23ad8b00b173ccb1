package dev.puck.bridge.config;

/** How the changes of a table's rows are written. */
public enum RowFormat {
  /** The Debezium JSON envelope without schema. */
  DEBEZIUM,
  /** The same with its schema, as Kafka Connect's {@code JsonConverter} reads it. */
  DEBEZIUM_WITH_SCHEMA,
  /** The row itself. */
  FLAT
}
