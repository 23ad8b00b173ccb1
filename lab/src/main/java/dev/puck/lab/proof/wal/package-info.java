/** What is particular to the source {@code wal}. */
@NullMarked
package dev.puck.lab.proof.wal;

import org.jspecify.annotations.NullMarked;
