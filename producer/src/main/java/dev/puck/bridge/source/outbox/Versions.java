package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.Utf8;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the versions of one transaction.
 *
 * <p>A truncate divides it: nothing of the table's can wait to be captured then, and afterwards
 * places and keys are given anew. Each of them therefore bears the last truncate before it.
 */
final class Versions {
  private final List<Version> all = new ArrayList<>();
  private final Map<String, Long> truncates = new HashMap<>();

  /** The next change, in order of id. */
  void add(OutboxRow row) {
    add(row, Version.hash(row.oldRow()), Version.hash(row.newRow()));
  }

  /** The same, with the images' hashes instead of the images. */
  void add(OutboxRow row, long before, long after) {
    String table = row.schema() + '\0' + row.name();
    if (row.op() == OutboxRow.TRUNCATE) {
      truncates.put(table, row.id());
      return;
    }
    long era = truncates.getOrDefault(table, 0L);
    long place = mixed(row.relid(), era);
    long keys = mixed(Version.hash(Utf8.of(table)), era);
    @Nullable String ended = row.op() == OutboxRow.DELETE ? row.key() : row.oldKey();
    boolean begins = row.op() == OutboxRow.CREATE || row.oldKey() != null;
    all.add(
        new Version(
            row.id(),
            row.oldCtid() == null ? 0 : mixed(place, ctid(row.oldCtid())),
            row.newCtid() == null ? 0 : mixed(place, ctid(row.newCtid())),
            before,
            after,
            ended == null ? 0 : mixed(keys, Version.hash(Utf8.of(ended))),
            begins && row.key() != null ? mixed(keys, Version.hash(Utf8.of(row.key()))) : 0));
  }

  /** In order of id. */
  List<Version> all() {
    return all;
  }

  /** PostgreSQL's {@code (block,offset)} as one number. */
  private static long ctid(String text) {
    int comma = text.indexOf(',');
    long block = Long.parseLong(text, 1, comma, 10);
    return block << 16 | Integer.parseInt(text, comma + 1, text.length() - 1, 10);
  }

  /** Two hashes in one, by the finalizer of MurmurHash3; never 0. */
  private static long mixed(long first, long second) {
    long mixed = first * 0x9e3779b97f4a7c15L + second;
    mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    mixed ^= mixed >>> 33;
    return mixed == 0 ? 1 : mixed;
  }
}
