package dev.puck.lab.proof.history;

/**
 * Which of its transaction's changes a record says that it is.
 *
 * @param xid the transaction's; 0: it says nothing of that
 * @param table {@code schema.table}
 * @param total among all, from 1
 * @param inTable among those of its table, from 1
 */
public record Part(Sighting.Place place, long xid, String table, long total, long inTable) {}
