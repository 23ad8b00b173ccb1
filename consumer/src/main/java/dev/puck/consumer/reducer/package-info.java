/** Caches in memory: a value by key, folded by a reducer. */
@NullMarked
package dev.puck.consumer.reducer;

import org.jspecify.annotations.NullMarked;
