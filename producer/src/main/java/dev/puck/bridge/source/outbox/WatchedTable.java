package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.Relation;

/**
 * A table that the outbox captures.
 *
 * @param id of the watch: a new one each time that the table is watched after it was not
 */
record WatchedTable(int id, Relation relation) {}
