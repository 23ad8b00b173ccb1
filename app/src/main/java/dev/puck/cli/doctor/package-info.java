/** How {@code puck doctor} says what it found. */
@NullMarked
package dev.puck.cli.doctor;

import org.jspecify.annotations.NullMarked;
