/** What the proof of the source {@code outbox} needs of its own. */
@NullMarked
package dev.puck.lab.proof.outbox;

import org.jspecify.annotations.NullMarked;
