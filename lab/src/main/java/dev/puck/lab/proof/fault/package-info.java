/** Which faults happen when, by the seed alone. */
@NullMarked
package dev.puck.lab.proof.fault;

import org.jspecify.annotations.NullMarked;
