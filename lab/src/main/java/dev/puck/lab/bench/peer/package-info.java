/** Debezium's embedded engine in a process of its own, with a class path of its own. */
@NullMarked
package dev.puck.lab.bench.peer;

import org.jspecify.annotations.NullMarked;
