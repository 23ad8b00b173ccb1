package dev.puck.bridge.source.outbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the changes of a transaction happened to each row. They are captured as they
 * happen, but for the user's own triggers, which run before the captures of rows that the same
 * statement changed already: those come inside out.
 *
 * <p>Two things tell the true order. A change continues the version that another one left, {@code
 * old ctid = that one's new ctid}. And a key exists once at a time: a row that takes it comes after
 * the deletion of the one that had it, however both were captured.
 */
final class VersionOrder {
  private final Map<Long, List<Version>> predecessors = new HashMap<>();
  private final Map<Long, Rank> ranks = new HashMap<>();

  private VersionOrder(List<Version> versions) {
    linkByCtid(versions);
    linkByKey(versions);
  }

  /** The rows in true order; they come ordered by id. */
  static List<OutboxRow> of(List<OutboxRow> rows) {
    List<Version> versions = new ArrayList<>();
    for (List<OutboxRow> transaction : transactionsToOrder(rows)) {
      transaction.forEach(row -> versions.add(Version.of(row)));
    }
    if (versions.isEmpty()) {
      return rows;
    }
    Map<Long, Rank> moved = moved(versions);
    if (moved.isEmpty()) {
      return rows;
    }
    List<OutboxRow> ordered = new ArrayList<>(rows);
    ordered.sort(Comparator.comparing(row -> moved.getOrDefault(row.id(), Rank.of(row.id()))));
    return ordered;
  }

  /** The ranks of those that do not stand where their id says; of whole transactions, by id. */
  static Map<Long, Rank> moved(List<Version> versions) {
    VersionOrder order = new VersionOrder(versions);
    Map<Long, Rank> moved = new HashMap<>();
    for (Version version : versions) {
      @Nullable Rank known = order.ranks.get(version.id());
      Rank rank = known != null ? known : order.rank(version);
      if (!rank.equals(Rank.of(version.id()))) {
        moved.put(version.id(), rank);
      }
    }
    return moved;
  }

  /** Creations alone, and one change alone, cannot be in disorder. */
  private static Collection<List<OutboxRow>> transactionsToOrder(List<OutboxRow> rows) {
    Map<Long, List<OutboxRow>> transactions = new HashMap<>();
    for (OutboxRow row : rows) {
      if (row.kind() != OutboxRow.MESSAGE && row.op() != 't') {
        transactions.computeIfAbsent(row.xid(), any -> new ArrayList<>()).add(row);
      }
    }
    return transactions.values().stream()
        .filter(each -> each.size() > 1 && each.stream().anyMatch(row -> row.oldCtid() != null))
        .toList();
  }

  private void linkByCtid(List<Version> versions) {
    Map<Long, List<Version>> byNewCtid = new HashMap<>();
    for (Version version : versions) {
      if (version.newCtid() != 0) {
        byNewCtid.computeIfAbsent(version.newCtid(), any -> new ArrayList<>(1)).add(version);
      }
    }
    for (Version version : versions) {
      if (version.oldCtid() != 0) {
        @Nullable Version continued = continuedBy(version, byNewCtid.get(version.oldCtid()));
        if (continued != null) {
          link(continued, version);
        }
      }
    }
  }

  /** The latest before it; only if there is none, the first that was captured later. */
  private static @Nullable Version continuedBy(
      Version successor, @Nullable List<Version> candidates) {
    @Nullable Version before = null;
    @Nullable Version later = null;
    for (Version candidate : candidates == null ? List.<Version>of() : candidates) {
      if (!candidate.isContinuedBy(successor)) {
        continue;
      }
      if (candidate.id() < successor.id()) {
        before = candidate;
      } else if (candidate.id() > successor.id() && later == null) {
        later = candidate;
      }
    }
    return before != null ? before : later;
  }

  private void linkByKey(List<Version> versions) {
    for (Tenure.Sequence sequence : Tenure.sequences(versions, this::onlyPredecessor)) {
      sequence.forEachHandover(this::link);
    }
  }

  private @Nullable Version onlyPredecessor(Version version) {
    @Nullable List<Version> found = predecessors.get(version.id());
    return found == null ? null : found.get(0);
  }

  private void link(Version before, Version after) {
    predecessors.computeIfAbsent(after.id(), any -> new ArrayList<>(1)).add(before);
  }

  /** Without recursion, since a row may change a million times in one transaction. */
  private Rank rank(Version version) {
    Deque<Version> path = new ArrayDeque<>(List.of(version));
    Set<Long> onPath = new HashSet<>(Set.of(version.id()));
    while (!path.isEmpty()) {
      Version last = path.getLast();
      @Nullable Version open = unranked(last, onPath);
      if (open == null) {
        ranks.put(last.id(), afterPredecessors(last));
        path.removeLast();
      } else {
        path.addLast(open);
        onPath.add(open.id());
      }
    }
    return ranks.getOrDefault(version.id(), Rank.of(version.id()));
  }

  private @Nullable Version unranked(Version version, Set<Long> onPath) {
    for (Version before : predecessors.getOrDefault(version.id(), List.of())) {
      // One that is on the path already would be a circle: two hashes were equal by chance.
      if (!ranks.containsKey(before.id()) && !onPath.contains(before.id())) {
        return before;
      }
    }
    return null;
  }

  private Rank afterPredecessors(Version version) {
    Rank rank = Rank.of(version.id());
    for (Version before : predecessors.getOrDefault(version.id(), List.of())) {
      Rank next = ranks.getOrDefault(before.id(), Rank.of(before.id())).next();
      if (next.compareTo(rank) > 0) {
        rank = next;
      }
    }
    return rank;
  }
}
