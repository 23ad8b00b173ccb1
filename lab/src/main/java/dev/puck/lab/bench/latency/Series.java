package dev.puck.lab.bench.latency;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.lab.bench.result.Percentiles;

/**
 * The latencies of one thing, from different moments on.
 *
 * @param fromCommit since its writer knew of the commit
 * @param fromStatement since its writer sent the statement
 * @param fromDue since that should have been sent
 */
record Series(Percentiles fromCommit, Percentiles fromStatement, Percentiles fromDue) {
  /** One without a pair. */
  static Series empty() {
    return new Series(new Percentiles(), new Percentiles(), new Percentiles());
  }

  void add(Latencies pair) {
    fromCommit.add(pair.fromCommit());
    fromStatement.add(pair.fromStatement());
    fromDue.add(pair.fromDue());
  }

  void addTo(ObjectNode json, String name) {
    ObjectNode here = json.putObject(name);
    fromCommit.addTo(here, "from_commit");
    fromStatement.addTo(here, "from_statement");
    fromDue.addTo(here, "from_due");
  }
}
