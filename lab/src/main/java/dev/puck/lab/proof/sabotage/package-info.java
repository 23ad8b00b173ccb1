/** Bridges that break one rule each: what the proof must notice. */
@NullMarked
package dev.puck.lab.proof.sabotage;

import org.jspecify.annotations.NullMarked;
