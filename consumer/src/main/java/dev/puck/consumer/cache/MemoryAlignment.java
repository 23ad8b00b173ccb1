package dev.puck.consumer.cache;

import dev.puck.consumer.projection.SourceSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aligns the entries in memory, each at once. */
final class MemoryAlignment implements Alignment {
  private final MemoryStore store;
  private final SourceSnapshot snapshot;
  private final Lifetime lifetime;
  private long replaced;
  private long newer;
  private long removed;

  MemoryAlignment(MemoryStore store, SourceSnapshot snapshot, Lifetime lifetime) {
    this.store = store;
    this.snapshot = snapshot;
    this.lifetime = lifetime;
  }

  @Override
  public void rows(List<TruthRow> rows) {
    for (TruthRow row : rows) {
      if (store.change(row.key(), was -> withTruth(was, row.value()))) {
        replaced++;
      } else {
        newer++;
      }
    }
  }

  /**
   * Every row left an entry that is of this snapshot or newer: what is older, the truth lacks.
   * Notes the truth first, as that in Redis does.
   */
  @Override
  public Result finish() {
    store.aligned(snapshot);
    removed = store.changeAll(this::withoutTruth);
    return new Result(replaced, newer, removed);
  }

  private MemoryEntry withTruth(@Nullable MemoryEntry was, byte[] value) {
    return was == null || was.isSeenBy(snapshot) ? ofTruth(was, value) : was;
  }

  private MemoryEntry withoutTruth(MemoryEntry was) {
    return !was.isTombstone() && was.isSeenBy(snapshot) ? ofTruth(was, null) : was;
  }

  private MemoryEntry ofTruth(@Nullable MemoryEntry was, byte @Nullable [] value) {
    return MemoryEntry.of(was, value, snapshot, lifetime.end(value, snapshot));
  }
}
