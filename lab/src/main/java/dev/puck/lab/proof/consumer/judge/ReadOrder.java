package dev.puck.lab.proof.consumer.judge;

import dev.puck.lab.proof.check.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether what readers were told is in the order of the topics: by the versions that they were
 * told, and, without believing these, by the events that made what they saw.
 */
final class ReadOrder {
  private final Histories histories;
  private long back;
  private @Nullable String firstBack;
  private long invented;
  private @Nullable String firstInvented;

  private ReadOrder(Histories histories) {
    this.histories = histories;
  }

  static List<Finding> check(Histories histories, Collection<Line> lines) {
    ReadOrder order = new ReadOrder(histories);
    lines.forEach(order::check);
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding("went_back", order.back, order.firstBack));
    findings.add(new Finding("invented", order.invented, order.firstInvented));
    return findings;
  }

  /** The earliest place at which each can have been seen leaves most room for the next. */
  private void check(Line line) {
    if (line.back() > 0) {
      back += line.back();
      firstBack = firstBack == null ? line.example() : firstBack;
    }
    List<Long> history = histories.of(line.row());
    int at = 0;
    for (long eid : line.eids()) {
      int next = indexOf(history, eid, at);
      if (next < 0) {
        next = Math.max(0, indexOf(history, eid, 0));
        note(line, eid, history.get(at), history.contains(eid));
      }
      at = next;
    }
  }

  private void note(Line line, long eid, long before, boolean known) {
    String what = line + ": event " + eid + " after event " + before;
    if (known) {
      back++;
      firstBack = firstBack == null ? what : firstBack;
    } else {
      invented++;
      firstInvented = firstInvented == null ? what : firstInvented;
    }
  }

  private static int indexOf(List<Long> history, long eid, int from) {
    for (int i = from; i < history.size(); i++) {
      if (history.get(i) == eid) {
        return i;
      }
    }
    return -1;
  }
}
