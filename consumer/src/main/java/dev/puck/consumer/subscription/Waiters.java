package dev.puck.consumer.subscription;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/** How far a projection is, and who waits until it is further. Thread-safe. */
final class Waiters {
  /** After so many more, those who gave up are looked for. */
  private static final int LOOK = 256;

  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final List<Waiter> waiting = new ArrayList<>();

  private record Waiter(Map<TopicPartition, Long> targets, CompletableFuture<Void> reached) {}

  /** Everything before these offsets can be seen. */
  void reached(Map<TopicPartition, Long> offsets) {
    List<CompletableFuture<Void>> done = new ArrayList<>();
    synchronized (this) {
      next.putAll(offsets);
      for (Iterator<Waiter> each = waiting.iterator(); each.hasNext(); ) {
        Waiter waiter = each.next();
        if (waiter.reached.isDone()) {
          each.remove();
        } else if (isAt(waiter.targets)) {
          each.remove();
          done.add(waiter.reached);
        }
      }
    }
    done.forEach(each -> each.complete(null));
  }

  /** These partitions are no longer ours. */
  synchronized void release(Collection<TopicPartition> partitions) {
    next.keySet().removeAll(partitions);
  }

  /** Those whose place is known. */
  synchronized Set<TopicPartition> partitions() {
    return Set.copyOf(next.keySet());
  }

  /** Done once everything before the targets can be seen; whoever gives up cancels it. */
  synchronized CompletableFuture<Void> when(Map<TopicPartition, Long> targets) {
    if (isAt(targets)) {
      return CompletableFuture.completedFuture(null);
    }
    if (waiting.size() % LOOK == LOOK - 1) {
      waiting.removeIf(each -> each.reached.isDone());
    }
    CompletableFuture<Void> reached = new CompletableFuture<>();
    waiting.add(new Waiter(Map.copyOf(targets), reached));
    return reached;
  }

  private boolean isAt(Map<TopicPartition, Long> targets) {
    return targets.entrySet().stream()
        .allMatch(each -> next.getOrDefault(each.getKey(), -1L) >= each.getValue());
  }
}
