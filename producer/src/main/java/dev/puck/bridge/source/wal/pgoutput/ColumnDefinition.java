package dev.puck.bridge.source.wal.pgoutput;

/**
 * A column of a published relation.
 *
 * @param key whether it belongs to the replica identity; under {@link ReplicaIdentity#FULL} each
 *     does
 * @param name as the catalog spells it
 * @param typeOid the type's identifier, unsigned
 * @param typmod the type's modifier, such as a length; -1 for none
 */
public record ColumnDefinition(boolean key, String name, long typeOid, int typmod) {}
