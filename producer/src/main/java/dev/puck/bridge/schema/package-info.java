/** The database's side of the outbox: the schema {@code puck}, installed, upgraded and removed. */
@NullMarked
package dev.puck.bridge.schema;

import org.jspecify.annotations.NullMarked;
