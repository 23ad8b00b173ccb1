package dev.puck.lab.proof.check;

import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Truth;
import java.util.List;

/** One question to a history. */
@FunctionalInterface
interface Check {
  /** What is wrong; every finding that the check can make is in the answer, also a clean one. */
  List<Finding> findings(Truth truth, Sightings seen);
}
