/** The ways to keep counters that the lab compares, each behind {@link Strategy}. */
@NullMarked
package dev.puck.lab.strategy;

import org.jspecify.annotations.NullMarked;
