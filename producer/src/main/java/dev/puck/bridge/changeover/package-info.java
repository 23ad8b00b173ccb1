/**
 * Moves a bridge between two durable sources of one database: what was committed before a {@link
 * dev.puck.bridge.source.Boundary} is relayed from the one, what comes after it from the other.
 * Here is what that needs of PostgreSQL; it knows nothing of Kafka.
 */
@NullMarked
package dev.puck.bridge.changeover;

import org.jspecify.annotations.NullMarked;
