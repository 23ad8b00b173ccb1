package dev.puck.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.bridge.doctor.CheckResult;
import dev.puck.bridge.doctor.Finding;
import dev.puck.bridge.doctor.Finding.Severity;
import dev.puck.bridge.doctor.Report;
import java.util.LinkedHashMap;
import java.util.Map;

/** A report for programs: one JSON object on one line. */
public final class ReportJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ReportJson() {}

  /** All of it. */
  public static String of(Report report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("healthy", report.isHealthy());
    fields.put("problems", report.count(Severity.PROBLEM));
    fields.put("notes", report.count(Severity.NOTE));
    fields.put("checks", report.results().stream().map(ReportJson::fields).toList());
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts and numbers cannot fail to become JSON", e);
    }
  }

  private static Map<String, Object> fields(CheckResult result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("group", result.group());
    fields.put("check", result.check());
    fields.put("outcome", result.outcome().text());
    fields.put("seen", result.seen());
    fields.put("findings", result.findings().stream().map(ReportJson::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(Finding finding) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("severity", finding.severity().text());
    fields.put("what", finding.what());
    fields.put("fix", finding.fix());
    return fields;
  }
}
