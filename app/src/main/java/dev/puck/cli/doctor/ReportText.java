package dev.puck.cli.doctor;

import dev.puck.bridge.doctor.CheckResult;
import dev.puck.bridge.doctor.Finding;
import dev.puck.bridge.doctor.Finding.Severity;
import dev.puck.bridge.doctor.Report;
import java.io.PrintWriter;

/** Writes a report for people: a line for each check, and below it what it found. */
public final class ReportText {
  private static final String LINE = "  %-8s %-22s %s";
  private static final String INDENT = " ".repeat(11);

  private ReportText() {}

  /** Writes all of it. */
  public static void print(Report report, PrintWriter out) {
    String group = "";
    for (CheckResult result : report.results()) {
      if (!result.group().equals(group)) {
        group = result.group();
        out.println(group);
      }
      print(result, out);
    }
    out.println();
    out.println(
        counted(report.count(Severity.PROBLEM), "problem")
            + ", "
            + counted(report.count(Severity.NOTE), "note")
            + ".");
  }

  private static void print(CheckResult result, PrintWriter out) {
    out.println(
        LINE.formatted(result.outcome().text(), result.check(), result.seen()).stripTrailing());
    for (Finding finding : result.findings()) {
      out.println(INDENT + "! " + finding.what());
      out.println(INDENT + "  Fix: " + finding.fix());
    }
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
