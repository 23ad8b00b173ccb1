package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * What the order within a transaction depends on of a row's change. All but the id are hashes, 0
 * for none, so that a transaction of many changes fits into memory.
 *
 * @param id the outbox row's
 * @param oldPlace where the version before lay
 * @param newPlace where this version lies
 * @param before the row before
 * @param after the row after
 * @param ended the key that no longer exists after this change
 * @param begun the key that exists from this change on
 */
record Version(
    long id, long oldPlace, long newPlace, long before, long after, long ended, long begun) {
  /** Whether {@code successor} may continue this version: no image says otherwise. */
  boolean looksLikeBeforeOf(Version successor) {
    return after == 0 || successor.before == 0 || after == successor.before;
  }

  /** FNV-1a: <a href="http://www.isthe.com/chongo/tech/comp/fnv/">Fowler, Noll, Vo</a>. */
  static long hash(@Nullable Utf8 text) {
    if (text == null) {
      return 0;
    }
    long hash = 0xcbf29ce484222325L;
    for (byte each : text.bytes()) {
      hash = (hash ^ each) * 0x100000001b3L;
    }
    return hash == 0 ? 1 : hash;
  }
}
