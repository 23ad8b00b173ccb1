/** The truth: what PostgreSQL committed, by its own decoder and by the tables themselves. */
@NullMarked
package dev.puck.lab.proof.oracle;

import org.jspecify.annotations.NullMarked;
