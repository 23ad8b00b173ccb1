/**
 * Measures what the bridge costs and how fast it is, on servers of its own. It asserts nothing:
 * what comes out depends on the machine.
 */
@NullMarked
package dev.puck.lab.bench;

import org.jspecify.annotations.NullMarked;
