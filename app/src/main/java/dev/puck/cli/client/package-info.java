/** Asks a running consumer, over its HTTP. */
@NullMarked
package dev.puck.cli.client;

import org.jspecify.annotations.NullMarked;
