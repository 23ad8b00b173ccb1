/**
 * The experiments of Dimitri Fontaine's series on concurrency (2018), done again on this machine.
 */
@NullMarked
package dev.puck.lab.series;

import org.jspecify.annotations.NullMarked;
