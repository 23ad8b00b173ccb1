package dev.puck.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.puck.cli.client.ConsumerClient;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code puck resync}. */
@Command(
    name = "resync",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Lets a running consumer build a projection anew from its truth query, while it serves:"
            + " exact even while writers are busy, and readers see old or new, nothing between.",
    footer = {
      "",
      "Examples:",
      "  puck resync counters             and waits until it is done",
      "  puck resync counters --no-wait   only asks for it",
      "",
      "Exit code: 0 if it is done (or, with --no-wait, asked for), 1 if no consumer answers, 2 if"
          + " the projection has no truth query."
    })
final class ResyncCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(200);

  @Mixin private ConsumerOptions consumer = new ConsumerOptions();
  @Mixin private LogOptions logOptions = new LogOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", description = "The projection; all kinds that have the name.")
  private String name = "";

  @Option(names = "--no-wait", description = "Do not wait until it is done.")
  private boolean noWait;

  @Override
  public Integer call() throws InterruptedException {
    logOptions.configureCommand();
    ConsumerClient client = consumer.client();
    Map<String, Long> before = completed(client.get("/resync"));
    client.post("/resync/" + name);
    if (noWait) {
      return ExitCode.OK;
    }
    PrintWriter err = spec.commandLine().getErr();
    String shown = "";
    JsonNode status = client.get("/resync");
    while (!isDone(status, before)) {
      String line = progress(status);
      if (!line.equals(shown)) {
        err.println(line);
        err.flush();
        shown = line;
      }
      Thread.sleep(LOOK.toMillis());
      status = client.get("/resync");
    }
    print(status);
    return ExitCode.OK;
  }

  private Map<String, Long> completed(JsonNode status) {
    Map<String, Long> completed = new HashMap<>();
    for (JsonNode each : status.path("resyncs")) {
      if (each.path("name").asText().equals(name)) {
        completed.put(each.path("kind").asText(), each.path("completed").asLong());
      }
    }
    return completed;
  }

  private boolean isDone(JsonNode status, Map<String, Long> before) {
    return completed(status).entrySet().stream()
        .allMatch(each -> each.getValue() > before.getOrDefault(each.getKey(), 0L));
  }

  private String progress(JsonNode status) {
    StringBuilder line = new StringBuilder();
    for (JsonNode each : status.path("resyncs")) {
      if (each.path("name").asText().equals(name)) {
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
    }
    return line.toString();
  }

  private void print(JsonNode status) {
    PrintWriter out = spec.commandLine().getOut();
    for (JsonNode each : status.path("resyncs")) {
      if (each.path("name").asText().equals(name)) {
        out.printf(
            "%s/%s: %d rows in %.1f s%n",
            each.path("kind").asText(),
            name,
            each.path("rows").asLong(),
            each.path("seconds").asDouble());
      }
    }
    out.flush();
  }
}
