/** How far the bridge has come, kept in Kafka. */
@NullMarked
package dev.puck.bridge.checkpoint;

import org.jspecify.annotations.NullMarked;
