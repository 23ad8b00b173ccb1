package dev.puck.bridge.source.wal.pgoutput;

/**
 * A row was inserted.
 *
 * @param relation as it was then
 * @param after the row
 */
public record Insert(RelationDefinition relation, Tuple after) implements PgOutputMessage {}
