/**
 * The wire contract between the bridge and everything downstream: kinds, headers, positions and
 * control events. Knows Jackson and nothing else, so that any service may use it.
 */
@NullMarked
package dev.puck.event;

import org.jspecify.annotations.NullMarked;
