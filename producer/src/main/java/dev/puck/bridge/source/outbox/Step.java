package dev.puck.bridge.source.outbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change within a transaction, and which others come before it. Owned by one thread. */
final class Step {
  /** As far as versions tell who came first. */
  static final Comparator<Step> BY_TIME =
      Comparator.comparingLong((Step step) -> step.happenedBefore)
          .thenComparing(step -> step.successors, Comparator.reverseOrder());

  private final Version version;
  private @Nullable Step continued;
  private List<Step> next = List.of();
  private int open;
  private boolean isDue;
  private boolean isTaken;

  /** Captured before that, it or what continues it. */
  private long happenedBefore;

  /** How many changes continue it, one after the other. */
  private int successors;

  Step(Version version) {
    this.version = version;
    this.happenedBefore = version.id();
  }

  Version version() {
    return version;
  }

  long id() {
    return version.id();
  }

  /** The change whose version this one continues; null: none in this transaction. */
  @Nullable Step continued() {
    return continued;
  }

  /** It changes the row that the other one left. */
  void goOnFrom(Step other) {
    continued = other;
    follow(other);
  }

  /** It comes after the other one. */
  void follow(Step other) {
    if (other.next.isEmpty()) {
      other.next = new ArrayList<>(1);
    }
    other.next.add(this);
    open++;
  }

  /** The last of a row's changes tells the others when they had happened. */
  void tellTime() {
    if (!next.isEmpty()) {
      return;
    }
    Step last = this;
    @Nullable Step at = continued;
    while (at != null && at.successors <= last.successors) {
      at.successors = last.successors + 1;
      at.happenedBefore = Math.min(at.happenedBefore, last.happenedBefore);
      last = at;
      at = at.continued;
    }
  }

  /** Its turn by id has come; whether it can be taken. */
  boolean fallDue() {
    isDue = true;
    return open == 0;
  }

  boolean isTaken() {
    return isTaken;
  }

  /** Whether, as far as its row goes, it can be taken. */
  boolean isNextOfItsRow() {
    return continued == null || continued.isTaken;
  }

  /** Takes it; those that waited for it alone. */
  List<Step> take() {
    isTaken = true;
    List<Step> free = new ArrayList<>(1);
    for (Step each : next) {
      each.open--;
      if (each.open == 0 && each.isDue && !each.isTaken) {
        free.add(each);
      }
    }
    return free;
  }
}
