/**
 * Debezium's embedded engine with a producer behind it, as good as it can be made: what {@code puck
 * bench peers} measures beside a bridge. Knows nothing of Puck's own code.
 */
@NullMarked
package dev.puck.peers.debezium;

import org.jspecify.annotations.NullMarked;
