package dev.puck.lab.bench.writers;

import dev.puck.lab.bench.stage.Plan;
import dev.puck.lab.bench.stage.Progress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Measures variants in turns, in an order that the seed decides.
 *
 * @param plan how often
 * @param progress hears what comes and what came out
 */
record Rounds(Plan plan, Progress progress) {
  /** Transactions a second of one variant, once. */
  interface Measurement {
    double measure(Variant variant) throws SQLException, InterruptedException;
  }

  Runs run(String placement, List<Variant> variants, Measurement measurement)
      throws SQLException, InterruptedException {
    Runs runs = new Runs();
    List<Variant> order = new ArrayList<>(variants);
    for (int pair = 1; pair <= plan.pairs(); pair++) {
      Collections.shuffle(order, new Random(plan.random().nextLong()));
      for (Variant variant : order) {
        progress.step(
            plan.measurement(),
            "writers, %s, pair %d of %d: %s",
            placement,
            pair,
            plan.pairs(),
            variant.text());
        runs.add(variant, measurement.measure(variant));
        progress.say("  %,.0f transactions/s", runs.last(variant));
      }
    }
    return runs;
  }
}
