/** The HTTP server of a process: health, metrics, status, and what the process adds. */
@NullMarked
package dev.puck.service.http;

import org.jspecify.annotations.NullMarked;
