/** How a process logs. */
@NullMarked
package dev.puck.service.logging;

import org.jspecify.annotations.NullMarked;
