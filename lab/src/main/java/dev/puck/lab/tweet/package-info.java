/** The small tweeter whose counters the demo and the lab keep: its SQL, and how they are folded. */
@NullMarked
package dev.puck.lab.tweet;

import org.jspecify.annotations.NullMarked;
