/** What capture costs those who write. */
@NullMarked
package dev.puck.lab.bench.writers;

import org.jspecify.annotations.NullMarked;
