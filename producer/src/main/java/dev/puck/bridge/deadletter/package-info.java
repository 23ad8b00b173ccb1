/** Dead letters: kept in PostgreSQL where Kafka does not take them, listed and replayed. */
@NullMarked
package dev.puck.bridge.deadletter;

import org.jspecify.annotations.NullMarked;
