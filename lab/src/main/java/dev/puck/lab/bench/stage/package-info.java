/** Servers, databases and bridges to measure, and how far that has come. */
@NullMarked
package dev.puck.lab.bench.stage;

import org.jspecify.annotations.NullMarked;
