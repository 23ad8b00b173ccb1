/** How fast a backlog goes to Kafka. */
@NullMarked
package dev.puck.lab.bench.drain;

import org.jspecify.annotations.NullMarked;
