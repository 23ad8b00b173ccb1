/** How fast a consumer is, and how soon and how quickly its caches answer. */
@NullMarked
package dev.puck.lab.bench.consumer;

import org.jspecify.annotations.NullMarked;
