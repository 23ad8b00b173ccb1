package dev.puck.bridge.metric;

import dev.puck.bridge.source.Relation;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far the starting states have come that this process reads. Thread-safe. */
final class StartingStates {
  private static final Logger LOGGER = LoggerFactory.getLogger(StartingStates.class);

  private final Map<String, Long> rows = new TreeMap<>();

  synchronized void read(Relation relation, long more, long estimated, boolean done) {
    String table = relation.name();
    if (!rows.containsKey(table)) {
      LOGGER
          .atInfo()
          .addKeyValue("table", table)
          .addKeyValue("rowsEstimated", estimated)
          .log("Starting state begun");
    }
    long total = rows.merge(table, more, Long::sum);
    if (done) {
      rows.remove(table);
      LOGGER
          .atInfo()
          .addKeyValue("table", table)
          .addKeyValue("rows", total)
          .log("Starting state complete");
    }
  }

  /** The rows read so far of each table that is not complete. */
  synchronized Map<String, Long> unfinished() {
    return new TreeMap<>(rows);
  }
}
