/**
 * A play becomes tweets: reads Jon Bosak's XML format and loads it into the schema {@code tweet}.
 *
 * <p>Stands on {@code dev.puck.lab.tweet} and the JDK only.
 */
@NullMarked
package dev.puck.cli.demo.play;

import org.jspecify.annotations.NullMarked;
