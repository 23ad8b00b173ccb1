/** Bridges in processes of their own, to be killed and frozen; only those that are started here. */
@NullMarked
package dev.puck.lab.proof.bridge;

import org.jspecify.annotations.NullMarked;
