/**
 * The page that a process shows of itself: static files, and its status as a stream of events.
 *
 * <p>The page's own modules are resources of this package; charts are uPlot's, from its WebJar.
 */
@NullMarked
package dev.puck.service.http.console;

import org.jspecify.annotations.NullMarked;
