/** Reading one's own writes: when what a token stands for can be seen. */
@NullMarked
package dev.puck.consumer.freshness;

import org.jspecify.annotations.NullMarked;
