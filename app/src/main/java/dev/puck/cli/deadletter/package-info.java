/** How dead letters are shown. */
@NullMarked
package dev.puck.cli.deadletter;

import org.jspecify.annotations.NullMarked;
