/** The console as a person uses it: real servers, a real browser. */
@NullMarked
package dev.puck.cli.console;

import org.jspecify.annotations.NullMarked;
