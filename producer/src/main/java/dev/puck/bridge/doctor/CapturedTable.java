package dev.puck.bridge.doctor;

/**
 * A table whose changes the bridge relays.
 *
 * @param name as schema.table, spelled as in the catalog
 * @param keyed whether its records have a key
 */
record CapturedTable(String name, boolean keyed) {}
