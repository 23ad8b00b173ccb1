package dev.puck.bridge.source.wal.pgoutput;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The relations that the stream has defined, each as it was defined last. */
final class RelationCache {
  private final Map<Long, RelationDefinition> relations = new HashMap<>();

  /** Changes tend to come in rows of the same relation. */
  private @Nullable RelationDefinition last;

  void put(RelationDefinition relation) {
    relations.put(relation.oid(), relation);
    last = relation;
  }

  /** The relation whose identifier comes next in a message. */
  RelationDefinition read(MessageReader reader) {
    long oid = reader.readUnsignedInt();
    @Nullable RelationDefinition relation = last;
    if (relation == null || relation.oid() != oid) {
      relation = relations.get(oid);
      if (relation == null) {
        throw reader.malformed("relation %d, which was not defined before".formatted(oid));
      }
      last = relation;
    }
    return relation;
  }
}
