package dev.puck.bridge.source.wal.pgoutput;

/**
 * A row was deleted.
 *
 * @param relation as it was then
 * @param before what is told of it
 */
public record Delete(RelationDefinition relation, OldTuple before) implements PgOutputMessage {}
