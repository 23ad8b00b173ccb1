/** Builds projections anew from the truth; knows them by their interface only. */
@NullMarked
package dev.puck.consumer.resync;

import org.jspecify.annotations.NullMarked;
