/** What an application does while a strategy is measured: it writes, reads, and looks how stale. */
@NullMarked
package dev.puck.lab.workload;

import org.jspecify.annotations.NullMarked;
