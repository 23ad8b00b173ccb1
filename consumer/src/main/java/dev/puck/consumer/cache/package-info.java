/** Caches: the latest row or message by key, in memory or in Redis. */
@NullMarked
package dev.puck.consumer.cache;

import org.jspecify.annotations.NullMarked;
