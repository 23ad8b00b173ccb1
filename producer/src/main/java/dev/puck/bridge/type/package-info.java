/**
 * How PostgreSQL's values become JSON: from its type's text output, which is what both the WAL and
 * the outbox have of it. It follows Debezium where that keeps the value; docs/decisions/007 has the
 * exceptions.
 *
 * <p>Mappings write UTF-8 into a growing buffer, and make no strings in between. They are
 * immutable.
 */
@NullMarked
package dev.puck.bridge.type;

import org.jspecify.annotations.NullMarked;
