/** Finds parts of JSON texts by their places, without building trees. */
@NullMarked
package dev.puck.consumer.json;

import org.jspecify.annotations.NullMarked;
