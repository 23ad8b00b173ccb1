package dev.puck.bridge.source.outbox;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the order within a transaction depends on of a row's change. Texts are hashes of them, 0 for
 * none, so that a transaction of a million changes fits into memory.
 *
 * @param id the outbox row's
 * @param relid the table or partition in which the ctids compare
 * @param oldCtid where the version before lay; 0: there was none
 * @param newCtid where this version lies; 0: there is none
 * @param before the row before
 * @param after the row after
 * @param ended the key that no longer exists after this change
 * @param begun the key that exists from this change on
 */
record Version(
    long id,
    long xid,
    long relid,
    long oldCtid,
    long newCtid,
    long before,
    long after,
    long ended,
    long begun) {
  static Version of(OutboxRow row) {
    return new Version(
        row.id(),
        row.xid(),
        row.relid(),
        ctid(row.oldCtid()),
        ctid(row.newCtid()),
        hash(row.oldRow()),
        hash(row.newRow()),
        ended(row.op(), row.name(), row.key(), row.oldKey()),
        begun(row.op(), row.name(), row.key(), row.oldKey()));
  }

  static long ended(char op, String table, @Nullable String key, @Nullable String oldKey) {
    return op == 'd' ? keyHash(table, key) : keyHash(table, oldKey);
  }

  static long begun(char op, String table, @Nullable String key, @Nullable String oldKey) {
    return op == 'c' || oldKey != null ? keyHash(table, key) : 0;
  }

  /** PostgreSQL's {@code (block,offset)} as one number, never 0. */
  static long ctid(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    int comma = text.indexOf(',');
    long block = Long.parseLong(text, 1, comma, 10);
    return (block << 16 | Integer.parseInt(text, comma + 1, text.length() - 1, 10)) + 1;
  }

  /** Whether {@code successor} continues this version of the row. */
  boolean isContinuedBy(Version successor) {
    return xid == successor.xid
        && relid == successor.relid
        && newCtid == successor.oldCtid
        && (after == 0 || successor.before == 0 || after == successor.before);
  }

  private static long keyHash(String table, @Nullable String key) {
    return key == null ? 0 : hash(table) * 31 + hash(key);
  }

  /** FNV-1a: <a href="http://www.isthe.com/chongo/tech/comp/fnv/">Fowler, Noll, Vo</a>. */
  static long hash(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    long hash = 0xcbf29ce484222325L;
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ each) * 0x100000001b3L;
    }
    return hash == 0 ? 1 : hash;
  }
}
