/**
 * The {@code puck} command: one class for each subcommand, and what they share. May use everything;
 * nothing uses it.
 */
@NullMarked
package dev.puck.cli;

import org.jspecify.annotations.NullMarked;
