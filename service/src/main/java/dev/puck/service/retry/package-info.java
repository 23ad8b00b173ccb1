/** Trying again: capped back-off with jitter, and the failure that asks for it. */
@NullMarked
package dev.puck.service.retry;

import org.jspecify.annotations.NullMarked;
