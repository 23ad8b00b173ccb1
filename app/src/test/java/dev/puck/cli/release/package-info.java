/** Tests of what {@code mvn -Prelease} makes; without that profile they do not run. */
@NullMarked
package dev.puck.cli.release;

import org.jspecify.annotations.NullMarked;
