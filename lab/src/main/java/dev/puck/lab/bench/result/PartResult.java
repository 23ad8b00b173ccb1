package dev.puck.lab.bench.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What one part of a bench came to. */
public interface PartResult {
  /** Adds its numbers to the result. */
  void addTo(ObjectNode json);

  /** The same for a person, with a heading. */
  List<String> lines();
}
