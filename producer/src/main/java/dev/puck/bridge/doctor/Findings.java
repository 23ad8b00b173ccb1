package dev.puck.bridge.doctor;

import dev.puck.bridge.doctor.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Takes up what one check sees and finds. For one thread. */
final class Findings {
  private final List<Finding> findings = new ArrayList<>();
  private String seen = "";

  /** What there is, in few words, good or bad. */
  void saw(String text) {
    seen = text;
  }

  /** Something does not work, or may be lost. */
  void problem(String what, String fix) {
    findings.add(new Finding(Severity.PROBLEM, what, fix));
  }

  /** Something that one should know. */
  void note(String what, String fix) {
    findings.add(new Finding(Severity.NOTE, what, fix));
  }

  String seen() {
    return seen;
  }

  List<Finding> list() {
    return List.copyOf(findings);
  }
}
