/** One strategy under one workload, and what was measured of it. */
@NullMarked
package dev.puck.lab.trial;

import org.jspecify.annotations.NullMarked;
