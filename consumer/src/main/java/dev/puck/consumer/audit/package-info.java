/** Audits: whether projections are what the truth says, key by key. */
@NullMarked
package dev.puck.consumer.audit;

import org.jspecify.annotations.NullMarked;
