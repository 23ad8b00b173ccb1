/** The registry of a process's metrics. */
@NullMarked
package dev.puck.service.metric;

import org.jspecify.annotations.NullMarked;
