/** Seeded writers that do to PostgreSQL all that applications do. */
@NullMarked
package dev.puck.lab.proof.workload;

import org.jspecify.annotations.NullMarked;
