package dev.puck.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows people what a consumer tells of its audits. */
public final class AuditPrinter {
  private AuditPrinter() {}

  /** What an audit found. */
  public static void print(PrintWriter out, JsonNode audit) {
    JsonNode last = audit.path("last");
    long divergent = last.path("divergent").asLong();
    out.printf(
        "%s/%s: %s right%s, in %.1f s%n",
        audit.path("kind").asText(),
        audit.path("name").asText(),
        last.path("right").asText(),
        divergent == 0
            ? ""
            : " (%d of %d differ)".formatted(divergent, last.path("checked").asLong()),
        last.path("seconds").asDouble());
    if (last.hasNonNull("sample")) {
      out.printf(
          Locale.ROOT,
          "  A sample of %,d keys, chosen by --seed %d.%n",
          last.path("sample").asLong(),
          last.path("seed").asLong());
    }
    if (last.path("newer").asLong() > 0) {
      out.printf(
          Locale.ROOT,
          "  %,d more are newer than the truth that was read.%n",
          last.path("newer").asLong());
    }
    if (divergent > 0) {
      JsonNode first = last.path("first");
      out.printf("  first key: %s%n", first.path("key").asText());
      out.printf("  served:    %s%n", first.path("served").asText("nothing"));
      out.printf("  truth:     %s%n", first.path("truth").asText("nothing"));
    }
    if (last.path("repaired").asBoolean()) {
      out.println("  It was put right.");
    }
    if (!last.path("exact").asBoolean()) {
      out.println(
          "  This is inexact: the source gives no token, or events tell no transaction, so that a"
              + " difference may be an event on its way. Nothing is repaired then.");
    }
  }

  /** How far audits are, in a line. */
  public static String progress(Iterable<JsonNode> audits) {
    StringBuilder line = new StringBuilder();
    for (JsonNode each : audits) {
      line.append(line.isEmpty() ? "" : "; ")
          .append(each.path("kind").asText())
          .append(' ')
          .append(each.path("state").asText())
          .append(", ")
          .append(each.path("rows").asLong())
          .append(" rows");
      if (each.hasNonNull("error")) {
        line.append(" (").append(each.path("error").asText()).append(')');
      }
    }
    return line.toString();
  }
}
