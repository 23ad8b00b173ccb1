/** Stand-ins for the relay's two ends, written by hand. */
@NullMarked
package dev.puck.bridge.fake;

import org.jspecify.annotations.NullMarked;
