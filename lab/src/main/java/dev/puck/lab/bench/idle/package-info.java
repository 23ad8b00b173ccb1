/** What the bridge costs while nothing happens. */
@NullMarked
package dev.puck.lab.bench.idle;

import org.jspecify.annotations.NullMarked;
