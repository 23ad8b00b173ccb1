package dev.puck.bridge.source.outbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the changes of a transaction happened to each row. They are captured as they
 * happen, but for the user's own triggers, which run before the captures of rows that the same
 * statement changed already: those come inside out.
 *
 * <p>Two things tell the true order. A change continues the version that another one left, {@code
 * old ctid = that one's new ctid}. And a key exists once at a time: a row that takes it comes after
 * the deletion of the one that had it, however both were captured. Where a trigger of a trigger has
 * one key come and go several times within one statement, this may not tell which of them was
 * first; then it is a possible order, with the same end.
 */
final class VersionOrder {
  private final List<Step> steps;
  private final Map<Long, Rank> moved = new HashMap<>();

  private VersionOrder(List<Version> versions) {
    this.steps = versions.stream().map(Step::new).toList();
    linkByPlace();
    steps.forEach(Step::tellTime);
    Tenure.linkByKey(steps);
  }

  /** The rows in true order; they come ordered by id. */
  static List<OutboxRow> of(List<OutboxRow> rows) {
    Map<Long, Rank> moved = new HashMap<>();
    for (Versions transaction : transactionsToOrder(rows)) {
      moved.putAll(moved(transaction.all()));
    }
    if (moved.isEmpty()) {
      return rows;
    }
    List<OutboxRow> ordered = new ArrayList<>(rows);
    ordered.sort(Comparator.comparing(row -> moved.getOrDefault(row.id(), Rank.of(row.id()))));
    return ordered;
  }

  /**
   * The ranks of those that do not stand where their id says; no two are the same.
   *
   * @param versions those of one transaction, all at least of a table, ordered by id
   */
  static Map<Long, Rank> moved(List<Version> versions) {
    VersionOrder order = new VersionOrder(versions);
    order.takeAll();
    return order.moved;
  }

  /** Creations alone, and one change alone, cannot be in disorder. */
  private static List<Versions> transactionsToOrder(List<OutboxRow> rows) {
    Map<Long, List<OutboxRow>> transactions = new HashMap<>();
    for (OutboxRow row : rows) {
      if (!row.isMessage()) {
        transactions.computeIfAbsent(row.xid(), any -> new ArrayList<>()).add(row);
      }
    }
    List<Versions> toOrder = new ArrayList<>();
    for (List<OutboxRow> each : transactions.values()) {
      if (each.size() > 1 && each.stream().anyMatch(row -> row.oldCtid() != null)) {
        Versions versions = new Versions();
        each.forEach(versions::add);
        toOrder.add(versions);
      }
    }
    return toOrder;
  }

  private void linkByPlace() {
    Map<Long, List<Step>> byNewPlace = new HashMap<>();
    for (Step step : steps) {
      if (step.version().newPlace() != 0) {
        byNewPlace.computeIfAbsent(step.version().newPlace(), any -> new ArrayList<>(1)).add(step);
      }
    }
    for (Step step : steps) {
      if (step.version().oldPlace() != 0) {
        @Nullable Step continued =
            continuedBy(step, byNewPlace.getOrDefault(step.version().oldPlace(), List.of()));
        if (continued != null) {
          step.goOnFrom(continued);
        }
      }
    }
  }

  /**
   * The latest before it; only if there is none, the first that was captured later. Where the table
   * was rewritten meanwhile, another row may have lain in the same place: the images tell. They
   * also differ where a column was added meanwhile.
   */
  private static @Nullable Step continuedBy(Step successor, List<Step> candidates) {
    @Nullable Step before = null;
    @Nullable Step later = null;
    @Nullable Step unlike = null;
    for (Step candidate : candidates) {
      boolean isLike = candidate.version().looksLikeBeforeOf(successor.version());
      if (candidate.id() < successor.id()) {
        before = isLike ? candidate : before;
        unlike = candidate;
      } else if (candidate != successor && isLike && later == null) {
        later = candidate;
      }
    }
    if (before != null) {
      return before;
    }
    return later != null ? later : unlike;
  }

  /** Each in the order of ids, but not before those that it follows. */
  private void takeAll() {
    for (Step step : steps) {
      if (step.fallDue()) {
        takeFrom(step, step.id(), 0);
      }
    }
    int hop = steps.size();
    for (@Nullable Step step = stuck(); step != null; step = stuck()) {
      hop = takeFrom(step, steps.get(steps.size() - 1).id(), hop + 1);
    }
  }

  /** One of those that wait for each other in a circle; null: none is left. */
  private @Nullable Step stuck() {
    @Nullable Step any = null;
    for (Step step : steps) {
      if (!step.isTaken()) {
        if (step.isNextOfItsRow()) {
          return step;
        }
        any = any == null ? step : any;
      }
    }
    return any;
  }

  /**
   * Takes it and those that waited for it.
   *
   * @return the last one's hop
   */
  private int takeFrom(Step first, long follows, int firstHop) {
    int hop = firstHop - 1;
    Deque<Step> free = new ArrayDeque<>(List.of(first));
    while (!free.isEmpty()) {
      Step step = free.remove();
      hop++;
      if (step.id() != follows || hop != 0) {
        moved.put(step.id(), new Rank(follows, hop));
      }
      free.addAll(step.take());
    }
    return hop;
  }
}
