package dev.puck.lab.trial;

import dev.puck.lab.bench.stage.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/** Tries everybody as often as asked for, in an order that changes from round to round. */
public final class Contest {
  private final List<String> names;
  private final int repeats;
  private final Function<String, Duration> estimate;
  private final Progress progress;

  /**
   * A contest.
   *
   * @param names of who is tried
   * @param estimate about how long one takes
   * @param lines hears a line before each
   */
  public Contest(
      List<String> names,
      int repeats,
      Function<String, Duration> estimate,
      Consumer<String> lines) {
    this.names = List.copyOf(names);
    this.repeats = repeats;
    this.estimate = estimate;
    Duration total =
        names.stream().map(estimate).reduce(Duration.ZERO, Duration::plus).multipliedBy(repeats);
    this.progress = new Progress(lines, total);
  }

  /** Tries one. */
  @FunctionalInterface
  public interface Tryout {
    /**
     * Tries it.
     *
     * @param trial tells it from the others, counted from 1
     */
    Measurement run(String name, int trial) throws SQLException, IOException, InterruptedException;
  }

  /**
   * Runs it; what was measured of each, in the order of their names.
   *
   * @param seed decides the order
   */
  public Map<String, List<Measurement>> run(long seed, Tryout tryout)
      throws SQLException, IOException, InterruptedException {
    Map<String, List<Measurement>> measured = new LinkedHashMap<>();
    names.forEach(name -> measured.put(name, new ArrayList<>()));
    Random order = new Random(seed);
    int trials = 0;
    for (int round = 0; round < repeats; round++) {
      List<String> shuffled = new ArrayList<>(names);
      Collections.shuffle(shuffled, order);
      for (String name : shuffled) {
        trials++;
        progress.step(estimate.apply(name), "%d of %d: %s", trials, repeats * names.size(), name);
        Measurement found = tryout.run(name, trials);
        measured.computeIfAbsent(name, each -> new ArrayList<>()).add(found);
      }
    }
    return measured;
  }

  /** Says what is done, and knows how long it took. */
  public Progress progress() {
    return progress;
  }
}
