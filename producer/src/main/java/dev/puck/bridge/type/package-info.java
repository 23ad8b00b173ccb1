/**
 * How PostgreSQL's values become JSON: the same, byte for byte, whether a value comes as its type's
 * text output (from the WAL) or as {@code row_to_json} wrote it (from the outbox). It follows
 * Debezium where that keeps the value; docs/decisions/007 has the exceptions.
 *
 * <p>Mappings write UTF-8 into a growing buffer, and make no strings in between. They are
 * immutable.
 */
@NullMarked
package dev.puck.bridge.type;

import org.jspecify.annotations.NullMarked;
