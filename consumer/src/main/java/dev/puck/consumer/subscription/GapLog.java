package dev.puck.consumer.subscription;

import dev.puck.consumer.projection.Gap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last gaps that a projection met, each once. Thread-safe. */
final class GapLog {
  private static final int KEPT = 100;
  private static final int KNOWN_IDS = 10_000;

  private final Deque<Gap> gaps = new ArrayDeque<>();
  private final Map<String, Boolean> ids =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > KNOWN_IDS;
        }
      };

  /** Whether the gap is new; every partition carries a record of the same one. */
  synchronized boolean add(Gap gap) {
    if (ids.put(gap.id(), true) != null) {
      return false;
    }
    gaps.addLast(gap);
    if (gaps.size() > KEPT) {
      gaps.removeFirst();
    }
    return true;
  }

  /** The oldest first. */
  synchronized List<Gap> list() {
    return new ArrayList<>(gaps);
  }
}
