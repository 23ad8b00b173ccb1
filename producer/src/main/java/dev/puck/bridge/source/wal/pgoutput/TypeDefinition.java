package dev.puck.bridge.source.wal.pgoutput;

/**
 * A type that is not built in, of a column in the {@link RelationDefinition} that follows.
 *
 * @param oid its identifier, unsigned
 * @param schema as the catalog spells it
 * @param name as the catalog spells it
 */
public record TypeDefinition(long oid, String schema, String name) implements PgOutputMessage {}
