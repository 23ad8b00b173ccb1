package dev.puck.bridge.source.wal.pgoutput;

import java.util.List;

/**
 * A relation as it is for what follows, until the next definition of the same. Generated columns,
 * and those that the publication leaves out, are not in it.
 *
 * @param oid its identifier, unsigned
 * @param schema as the catalog spells it
 * @param name as the catalog spells it
 * @param replicaIdentity what it tells of rows before
 * @param columns in the order of the tuples
 */
public record RelationDefinition(
    long oid,
    String schema,
    String name,
    ReplicaIdentity replicaIdentity,
    List<ColumnDefinition> columns)
    implements PgOutputMessage {

  /** Keeps a copy of the columns. */
  public RelationDefinition {
    columns = List.copyOf(columns);
  }
}
