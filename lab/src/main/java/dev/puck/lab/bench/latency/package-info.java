/** How long a change takes from its commit to a reader. */
@NullMarked
package dev.puck.lab.bench.latency;

import org.jspecify.annotations.NullMarked;
