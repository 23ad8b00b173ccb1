/** The machine that is measured on: its cores, and who uses them. */
@NullMarked
package dev.puck.lab.bench.machine;

import org.jspecify.annotations.NullMarked;
