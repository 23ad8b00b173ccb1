/** Summaries in SQL: one statement and its offsets in one transaction. */
@NullMarked
package dev.puck.consumer.summary;

import org.jspecify.annotations.NullMarked;
