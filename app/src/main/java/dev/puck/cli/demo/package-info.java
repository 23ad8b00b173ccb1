/** The demo: servers, a play, a crowd, and the comparison with the truth. */
@NullMarked
package dev.puck.cli.demo;

import org.jspecify.annotations.NullMarked;
