package dev.puck.bridge.source.wal.pgoutput;

import org.jspecify.annotations.Nullable;

/**
 * A row was updated.
 *
 * @param relation as it was then
 * @param before what is told of the row before; null where its replica identity has not changed
 * @param after the row
 */
public record Update(RelationDefinition relation, @Nullable OldTuple before, Tuple after)
    implements PgOutputMessage {}
