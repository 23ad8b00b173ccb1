/**
 * The proof that the bridge keeps its promises: seeded writers, faults at named points and at
 * random, an oracle and observers that know nothing of the bridge, checks, and sabotage that each
 * check must notice.
 */
@NullMarked
package dev.puck.lab.proof;

import org.jspecify.annotations.NullMarked;
