package dev.puck.lab.own;

import dev.puck.lab.own.Rehearsal.Result;
import java.util.ArrayList;
import java.util.List;

/** What a run would do, for a person. */
final class DryRun {
  private DryRun() {}

  static List<String> lines(OwnOptions options, Result rehearsed) {
    String schema = rehearsed.schema();
    List<String> lines = new ArrayList<>();
    lines.add(
        "A dry run: all of it was done once in a transaction of "
            + options.postgres().address()
            + ", and rolled back.");
    lines.add(
        "The truth has %,d keys, the first: %s. Its columns: %s."
            .formatted(
                rehearsed.truth().rows().size(),
                rehearsed.truth().keys().get(0),
                String.join(", ", rehearsed.truth().columns())));
    lines.add("Strategies: " + String.join(", ", options.strategies()) + ".");
    lines.add(OwnLab.LEFT_OUT);
    lines.add("A run would make, with another number in the schema's name:");
    rehearsed.creates().forEach(each -> lines.add("  " + each));
    for (Relation each : rehearsed.written()) {
      lines.add(
          options.inPlace()
              ? "It would write to " + each + " itself: what it writes stays (--in-place)."
              : "It would write to a copy of " + each + " in that schema, made for each trial.");
    }
    lines.add(
        "It needs: connect and create on the database; what --sql-write, --sql-read and --truth"
            + " need; "
            + (options.workload().writers() + 9)
            + " connections. No superuser.");
    lines.add(
        "In the end it drops "
            + schema
            + " with all in it; after a kill -9, `puck lab clean` does.");
    return lines;
  }
}
