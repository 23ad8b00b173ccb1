package dev.puck.bridge.source.wal.pgoutput;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes one stream of {@code pgoutput}: protocol versions 1 to 4 in text format, as long as
 * neither {@code streaming} nor {@code two_phase} are asked for.
 *
 * <p>It remembers the relations that the stream defines, so a new stream needs a new decoder. Used
 * by one thread at a time.
 */
public final class PgOutputDecoder {
  private static final int CASCADE = 1;
  private static final int RESTART_IDENTITY = 2;
  private static final int TRANSACTIONAL = 1;

  /** What stands for {@code pg_catalog}. */
  private static final String NO_SCHEMA = "";

  private final RelationCache relations = new RelationCache();

  /**
   * The next message. Tuples and contents stay where they are in the buffer's array, which nobody
   * may change as long as they are used. The buffer's position does not move.
   *
   * @throws MalformedMessageException if it is none
   */
  public PgOutputMessage decode(ByteBuffer bytes) {
    MessageReader reader = new MessageReader(bytes);
    PgOutputMessage message = decode(reader.readType(), reader);
    reader.requireEnd();
    if (message instanceof RelationDefinition relation) {
      relations.put(relation);
    }
    return message;
  }

  private PgOutputMessage decode(int type, MessageReader reader) {
    return switch (type) {
      case 'I' -> insert(reader);
      case 'U' -> update(reader);
      case 'D' -> delete(reader);
      case 'B' -> new Begin(reader.readLong(), reader.readTime(), reader.readUnsignedInt());
      case 'C' -> commit(reader);
      case 'M' -> logicalMessage(reader);
      case 'R' -> relation(reader);
      case 'Y' -> new TypeDefinition(reader.readUnsignedInt(), schema(reader), reader.readString());
      case 'T' -> truncate(reader);
      case 'O' -> new OriginName(reader.readLong(), reader.readString());
      case 'A' -> new StreamAbort(reader.readUnsignedInt(), reader.readUnsignedInt());
      default ->
          throw reader.malformed(
              "no such type is expected where neither streaming nor two_phase are asked for");
    };
  }

  private Insert insert(MessageReader reader) {
    RelationDefinition relation = relations.read(reader);
    return new Insert(relation, newTuple(reader.readByte(), reader, relation));
  }

  private Update update(MessageReader reader) {
    RelationDefinition relation = relations.read(reader);
    int kind = reader.readByte();
    if (kind == 'N') {
      return new Update(relation, null, Tuple.read(reader, relation));
    }
    OldTuple before = oldTuple(kind, reader, relation);
    return new Update(relation, before, newTuple(reader.readByte(), reader, relation));
  }

  private Delete delete(MessageReader reader) {
    RelationDefinition relation = relations.read(reader);
    return new Delete(relation, oldTuple(reader.readByte(), reader, relation));
  }

  private static Tuple newTuple(int kind, MessageReader reader, RelationDefinition relation) {
    if (kind != 'N') {
      throw reader.malformed("a tuple of kind " + MessageReader.shown(kind) + " instead of 'N'");
    }
    return Tuple.read(reader, relation);
  }

  private static OldTuple oldTuple(int kind, MessageReader reader, RelationDefinition relation) {
    if (kind != 'K' && kind != 'O') {
      throw reader.malformed(
          "a tuple of kind " + MessageReader.shown(kind) + " instead of 'K' or 'O'");
    }
    return new OldTuple(kind == 'O', Tuple.read(reader, relation));
  }

  private static Commit commit(MessageReader reader) {
    reader.readByte(); // Flags, of which there are none yet.
    return new Commit(reader.readLong(), reader.readLong(), reader.readTime());
  }

  private static LogicalMessage logicalMessage(MessageReader reader) {
    boolean transactional = (reader.readByte() & TRANSACTIONAL) != 0;
    long lsn = reader.readLong();
    String prefix = reader.readString();
    int length = reader.readLength();
    return new LogicalMessage(
        transactional, lsn, prefix, new Slice(reader.array(), reader.skip(length), length));
  }

  private static RelationDefinition relation(MessageReader reader) {
    long oid = reader.readUnsignedInt();
    String schema = schema(reader);
    String name = reader.readString();
    ReplicaIdentity identity = ReplicaIdentity.read(reader);
    int count = reader.readShort();
    List<ColumnDefinition> columns = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      columns.add(
          new ColumnDefinition(
              (reader.readByte() & 1) != 0,
              reader.readString(),
              reader.readUnsignedInt(),
              reader.readInt()));
    }
    return new RelationDefinition(oid, schema, name, identity, columns);
  }

  private static String schema(MessageReader reader) {
    String schema = reader.readString();
    return schema.equals(NO_SCHEMA) ? "pg_catalog" : schema;
  }

  private Truncate truncate(MessageReader reader) {
    int count = reader.readLength();
    int options = reader.readByte();
    List<RelationDefinition> truncated = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      truncated.add(relations.read(reader));
    }
    return new Truncate(truncated, (options & CASCADE) != 0, (options & RESTART_IDENTITY) != 0);
  }
}
