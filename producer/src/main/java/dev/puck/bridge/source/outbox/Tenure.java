package dev.puck.bridge.source.outbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The time in which one row has a key, within one transaction.
 *
 * @param begin the change that gave it the key; null: it had it before the transaction
 * @param end the change that took it; null: it keeps it
 */
record Tenure(@Nullable Version begin, @Nullable Version end) {
  /**
   * A key has one row at a time, so those who come and go hand it over, and who keeps it is last.
   */
  private static final Comparator<Tenure> ORDER =
      Comparator.comparing((Tenure tenure) -> tenure.begin != null)
          .thenComparing(tenure -> tenure.end == null)
          .thenComparingLong(tenure -> tenure.begin == null ? 0 : tenure.begin.id());

  /** All tenures of one key in one transaction, in their order. */
  record Sequence(List<Tenure> tenures) {
    /** Calls with each change that took the key, and the next that gave it. */
    void forEachHandover(BiConsumer<Version, Version> handover) {
      for (int i = 1; i < tenures.size(); i++) {
        @Nullable Version end = tenures.get(i - 1).end;
        @Nullable Version begin = tenures.get(i).begin;
        if (end != null && begin != null && end.id() != begin.id()) {
          handover.accept(end, begin);
        }
      }
    }
  }

  private record Key(long xid, long hash) {}

  /**
   * The sequences of those keys that were handed over.
   *
   * @param predecessor the version that another one continues; null: none in this transaction
   */
  static List<Sequence> sequences(
      List<Version> versions, UnaryOperator<@Nullable Version> predecessor) {
    Map<Key, List<Version>> begins = new HashMap<>();
    Map<Key, List<Version>> ends = new HashMap<>();
    for (Version version : versions) {
      if (version.begun() != 0) {
        at(begins, version.xid(), version.begun()).add(version);
      }
      if (version.ended() != 0) {
        at(ends, version.xid(), version.ended()).add(version);
      }
    }
    List<Sequence> sequences = new ArrayList<>();
    ends.forEach(
        (key, ended) -> {
          @Nullable List<Version> begun = begins.get(key);
          if (begun != null) {
            sequences.add(sequence(key.hash, begun, ended, predecessor));
          }
        });
    return sequences;
  }

  private static Sequence sequence(
      long key,
      List<Version> begins,
      List<Version> ends,
      UnaryOperator<@Nullable Version> predecessor) {
    Set<Long> closed = new HashSet<>();
    List<Tenure> tenures = new ArrayList<>();
    for (Version end : ends) {
      @Nullable Version begin = beginOf(key, end, predecessor);
      tenures.add(new Tenure(begin, end));
      if (begin != null) {
        closed.add(begin.id());
      }
    }
    for (Version begin : begins) {
      if (!closed.contains(begin.id())) {
        tenures.add(new Tenure(begin, null));
      }
    }
    tenures.sort(ORDER);
    return new Sequence(tenures);
  }

  private static @Nullable Version beginOf(
      long key, Version end, UnaryOperator<@Nullable Version> predecessor) {
    Set<Long> seen = new HashSet<>();
    @Nullable Version at = predecessor.apply(end);
    // Seen twice, it would be a circle: two hashes were equal by chance.
    while (at != null && at.begun() != key && seen.add(at.id())) {
      at = predecessor.apply(at);
    }
    return at != null && at.begun() == key ? at : null;
  }

  private static List<Version> at(Map<Key, List<Version>> map, long xid, long hash) {
    return map.computeIfAbsent(new Key(xid, hash), any -> new ArrayList<>(1));
  }
}
