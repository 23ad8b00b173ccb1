/** Shows the events of topics to a person. */
@NullMarked
package dev.puck.cli.tail;

import org.jspecify.annotations.NullMarked;
