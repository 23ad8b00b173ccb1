/** Where events go that a projection cannot apply. */
@NullMarked
package dev.puck.consumer.deadletter;

import org.jspecify.annotations.NullMarked;
