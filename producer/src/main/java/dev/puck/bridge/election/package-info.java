/** Which of a bridge's processes publishes: an advisory lock in PostgreSQL elects it. */
@NullMarked
package dev.puck.bridge.election;

import org.jspecify.annotations.NullMarked;
