/** The loop between source and publisher: queue, routing, encoding. */
@NullMarked
package dev.puck.bridge.relay;

import org.jspecify.annotations.NullMarked;
