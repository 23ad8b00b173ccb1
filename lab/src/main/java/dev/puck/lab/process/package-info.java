/** Processes of the lab's own, which end with it. */
@NullMarked
package dev.puck.lab.process;

import org.jspecify.annotations.NullMarked;
