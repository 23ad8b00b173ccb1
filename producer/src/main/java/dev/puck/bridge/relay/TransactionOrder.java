package dev.puck.bridge.relay;

/**
 * Which of its transaction's changes one is, counted from 1.
 *
 * @param xid the transaction's 64-bit id
 * @param total among all
 * @param inTable among those of its table
 */
record TransactionOrder(long xid, long total, long inTable) {}
