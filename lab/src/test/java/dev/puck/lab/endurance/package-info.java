/**
 * What the bridge endures: long runs, huge transactions, servers that are away. Only with {@code
 * -Pproof}.
 */
@NullMarked
package dev.puck.lab.endurance;

import org.jspecify.annotations.NullMarked;
