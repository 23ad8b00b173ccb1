package dev.puck.consumer.cache;

import dev.puck.consumer.projection.Comparison;
import dev.puck.consumer.projection.Divergence;
import dev.puck.consumer.projection.EntryCheck;
import dev.puck.consumer.projection.Sample;
import dev.puck.consumer.projection.SourceSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares a cache's entries with the truth. Owned by one thread. */
final class CacheCheck implements EntryCheck {
  private static final int AT_ONCE = 1_000;

  private final CacheStore store;
  private final Sample sample;
  private final SampledTruth truth;

  /** Versions that were there before the truth was read: it is at least as new as those. */
  private final Map<String, String> known;

  private final Map<String, @Nullable Held> divergent = new TreeMap<>();
  private final Map<String, String> undecided = new HashMap<>();
  private final long begun = System.nanoTime();
  private @Nullable Inspection inspection;
  private long checked;
  private long newer;

  private enum Verdict {
    RIGHT,
    WRONG,
    NEWER,
    UNDECIDED
  }

  CacheCheck(CacheStore store, Sample sample) {
    this(store, sample, Map.of());
  }

  private CacheCheck(CacheStore store, Sample sample, Map<String, String> known) {
    this.store = store;
    this.sample = sample;
    this.truth = new SampledTruth(sample);
    this.known = known;
  }

  @Override
  public void begin(SourceSnapshot snapshot) {
    inspection = store.inspect(snapshot);
  }

  @Override
  public void add(List<String> rows) {
    rows.forEach(row -> truth.add(TruthRow.parse(row)));
  }

  @Override
  public Comparison compare() {
    compare(truth.rows().keySet());
    compareOthers();
    return result();
  }

  @Override
  public Comparison compareAgain() {
    List<String> before = List.copyOf(divergent.keySet());
    divergent.clear();
    checked -= before.size();
    compare(before);
    return result();
  }

  @Override
  public boolean isUndecided() {
    return !undecided.isEmpty();
  }

  @Override
  public EntryCheck next() {
    return new CacheCheck(store, sample, undecided);
  }

  @Override
  public void repair() {
    divergent.forEach(
        (key, held) -> {
          boolean unused = inspection().replace(key, held, truth.rows().get(key));
        });
  }

  private void compare(Collection<String> keys) {
    List<String> some = new ArrayList<>(AT_ONCE);
    for (String key : keys) {
      some.add(key);
      if (some.size() == AT_ONCE) {
        compareSome(some);
        some.clear();
      }
    }
    compareSome(some);
  }

  private void compareSome(List<String> keys) {
    Map<String, Held> held = inspection().of(keys);
    keys.forEach(key -> compare(key, held.get(key)));
  }

  /** What the truth does not have: only what has a value can be wrong. */
  private void compareOthers() {
    Set<String> seen = new HashSet<>();
    inspection()
        .all(
            key -> truth.has(key) && !truth.rows().containsKey(key),
            some ->
                some.forEach(
                    (key, held) -> {
                      if (held.value() != null && seen.add(key)) {
                        compare(key, held);
                      }
                    }));
  }

  private void compare(String key, @Nullable Held held) {
    Verdict verdict = judge(key, held);
    checked += verdict == Verdict.RIGHT || verdict == Verdict.WRONG ? 1 : 0;
    newer += verdict == Verdict.NEWER || verdict == Verdict.UNDECIDED ? 1 : 0;
    if (verdict == Verdict.WRONG) {
      divergent.put(key, held);
    } else if (verdict == Verdict.UNDECIDED && held != null) {
      undecided.put(key, held.version());
    }
  }

  private Verdict judge(String key, @Nullable Held held) {
    byte @Nullable [] value = held == null ? null : held.value();
    boolean isSame = isSame(value, truth.rows().get(key));
    if (held == null) {
      return isSame ? Verdict.RIGHT : isKept() ? Verdict.WRONG : Verdict.NEWER;
    }
    if (held.isTold()) {
      return !held.isSeen() ? Verdict.NEWER : isSame ? Verdict.RIGHT : Verdict.WRONG;
    }
    if (isSame) {
      return Verdict.RIGHT;
    }
    return held.version().equals(known.get(key)) ? Verdict.WRONG : Verdict.UNDECIDED;
  }

  /** Whether a key that was there, and is gone since, would have a tombstone. */
  private boolean isKept() {
    return store.lifetime().isKept(Duration.ofNanos(System.nanoTime() - begun));
  }

  private static boolean isSame(byte @Nullable [] one, byte @Nullable [] other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return SameJson.test(one, other);
  }

  private Comparison result() {
    @Nullable Divergence first = null;
    for (Map.Entry<String, @Nullable Held> each : divergent.entrySet()) {
      @Nullable Held held = each.getValue();
      first =
          new Divergence(
              each.getKey(),
              text(held == null ? null : held.value()),
              text(truth.rows().get(each.getKey())));
      break;
    }
    return new Comparison(checked, newer, divergent.size(), first);
  }

  private static @Nullable String text(byte @Nullable [] value) {
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  private Inspection inspection() {
    return Objects.requireNonNull(inspection, "the truth is not read yet");
  }
}
