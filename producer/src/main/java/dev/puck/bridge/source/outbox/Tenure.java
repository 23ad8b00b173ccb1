package dev.puck.bridge.source.outbox;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The time in which one row has a key, within one transaction.
 *
 * @param begin the change that gave it the key; null: it had it before the transaction
 * @param end the change that took it; null: it keeps it
 */
record Tenure(@Nullable Step begin, @Nullable Step end) {
  /**
   * A key has one row at a time, so those who come and go hand it over, and who keeps it is last.
   * In between, what was captured late, with the statement that the rest is nested in, tells its
   * time by what continues it.
   */
  private static final Comparator<Tenure> ORDER =
      Comparator.comparing((Tenure tenure) -> tenure.begin != null)
          .thenComparing(tenure -> tenure.end == null)
          .thenComparing(Tenure::first, Step.BY_TIME);

  private Step first() {
    return requireNonNull(begin == null ? end : begin);
  }

  /**
   * Has each change that gives a key follow the one that took it before.
   *
   * @param steps of one transaction, already linked by place
   */
  static void linkByKey(List<Step> steps) {
    Map<Long, List<Step>> begins = new HashMap<>();
    Map<Long, List<Step>> ends = new HashMap<>();
    for (Step step : steps) {
      add(begins, step.version().begun(), step);
      add(ends, step.version().ended(), step);
    }
    ends.forEach(
        (key, ended) -> {
          @Nullable List<Step> begun = begins.get(key);
          if (begun != null) {
            linkHandovers(tenures(key, begun, ended));
          }
        });
  }

  private static void linkHandovers(List<Tenure> tenures) {
    tenures.sort(ORDER);
    for (int i = 1; i < tenures.size(); i++) {
      @Nullable Step end = tenures.get(i - 1).end;
      @Nullable Step begin = tenures.get(i).begin;
      if (end != null && begin != null && end != begin) {
        begin.follow(end);
      }
    }
  }

  private static List<Tenure> tenures(long key, List<Step> begins, List<Step> ends) {
    Set<Step> closed = new HashSet<>();
    List<Tenure> tenures = new ArrayList<>();
    for (Step end : ends) {
      @Nullable Step begin = beginOf(key, end);
      tenures.add(new Tenure(begin, end));
      if (begin != null) {
        closed.add(begin);
      }
    }
    for (Step begin : begins) {
      if (!closed.contains(begin)) {
        tenures.add(new Tenure(begin, null));
      }
    }
    return tenures;
  }

  private static @Nullable Step beginOf(long key, Step end) {
    Set<Step> seen = new HashSet<>();
    @Nullable Step at = end.continued();
    // Seen twice, it would be a circle: two hashes were equal by chance.
    while (at != null && at.version().begun() != key && seen.add(at)) {
      at = at.continued();
    }
    return at != null && at.version().begun() == key ? at : null;
  }

  private static void add(Map<Long, List<Step>> map, long key, Step step) {
    if (key != 0) {
      map.computeIfAbsent(key, any -> new ArrayList<>(1)).add(step);
    }
  }
}
