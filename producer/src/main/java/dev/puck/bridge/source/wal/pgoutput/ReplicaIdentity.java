package dev.puck.bridge.source.wal.pgoutput;

/** What an update or a deletion tells of the row before. */
public enum ReplicaIdentity {
  /** The primary key. */
  DEFAULT('d'),
  /** Nothing: then neither is let through where it is published. */
  NOTHING('n'),
  /** The whole row. */
  FULL('f'),
  /** The columns of a unique index. */
  INDEX('i');

  private final char code;

  ReplicaIdentity(char code) {
    this.code = code;
  }

  /** The letter of {@code pg_class.relreplident}. */
  public char code() {
    return code;
  }

  static ReplicaIdentity read(MessageReader reader) {
    int code = reader.readByte();
    for (ReplicaIdentity each : values()) {
      if (each.code == code) {
        return each;
      }
    }
    throw reader.malformed("replica identity is " + MessageReader.shown(code));
  }
}
