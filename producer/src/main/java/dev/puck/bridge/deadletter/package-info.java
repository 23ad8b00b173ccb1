/** Dead letters. */
@NullMarked
package dev.puck.bridge.deadletter;

import org.jspecify.annotations.NullMarked;
