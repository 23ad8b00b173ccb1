package dev.puck.bridge.source.wal.pgoutput;

import java.util.List;

/**
 * Relations were emptied by one statement.
 *
 * @param relations those of them that are published
 * @param cascade whether it took along what refers to them, which are among the relations if
 *     published
 * @param restartIdentity whether it set their sequences back
 */
public record Truncate(List<RelationDefinition> relations, boolean cascade, boolean restartIdentity)
    implements PgOutputMessage {

  /** Keeps a copy of the relations. */
  public Truncate {
    relations = List.copyOf(relations);
  }
}
