/** Writers that cost little themselves: PostgreSQL's protocol, spoken by hand. */
@NullMarked
package dev.puck.lab.bench.load;

import org.jspecify.annotations.NullMarked;
