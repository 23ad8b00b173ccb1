/**
 * Changes from the transactional outbox {@code puck.outbox}: read by snapshot difference, so that
 * nothing is lost and nothing read twice, and ordered within a transaction by the rows' versions.
 */
@NullMarked
package dev.puck.bridge.source.outbox;

import org.jspecify.annotations.NullMarked;
