package dev.puck.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.puck.cli.client.AuditPrinter;
import dev.puck.cli.client.ConsumerClient;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code puck audit}. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Lets a running consumer compare a projection with its truth query, key by key, while it"
            + " serves: exact even while writers are busy, so that every difference is drift.",
    footer = {
      "",
      "Examples:",
      "  puck audit counters           tells how much is right, and the first key that is not",
      "  puck audit counters --repair  and puts right what is not",
      "  puck audit users --sample 10000 --seed 7  compares a part of a cache's keys",
      "",
      "Exit code: 0 if all is right; 1 if anything was not, even if it is now, or no consumer"
          + " answers; 2 if the projection has no truth query, or cannot be sampled."
    })
final class AuditCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Mixin private ConsumerOptions consumer = new ConsumerOptions();
  @Mixin private LogOptions logOptions = new LogOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", description = "The projection; all kinds that have the name.")
  private String name = "";

  @Option(names = "--repair", description = "Put right what differs.")
  private boolean repair;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Of a cache, compare N keys only; summaries and reducers are compared whole.")
  private @Nullable Integer sample;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Which keys are in the sample; without it any, and the seed is printed.")
  private @Nullable Long seed;

  @Option(names = "--json", description = "Print what was found as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    logOptions.configureCommand();
    ConsumerClient client = consumer.client();
    Map<String, Long> numbers = new HashMap<>();
    for (JsonNode each : client.post(request()).path("audits")) {
      numbers.put(each.path("kind").asText(), each.path("next").asLong());
    }
    ArrayNode found = await(client, numbers);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(found));
    } else {
      found.forEach(each -> AuditPrinter.print(out, each));
    }
    out.flush();
    return isRight(found) ? ExitCode.OK : ExitCode.FAILURE;
  }

  private String request() {
    return "/audit/"
        + name
        + "?repair="
        + repair
        + (sample == null ? "" : "&sample=" + sample)
        + (seed == null ? "" : "&seed=" + seed);
  }

  /** Says on the way what it waits for. */
  private ArrayNode await(ConsumerClient client, Map<String, Long> numbers)
      throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    String shown = "";
    ArrayNode named = named(client);
    while (!isDone(named, numbers)) {
      String line = AuditPrinter.progress(named);
      if (!line.equals(shown)) {
        err.println(line);
        err.flush();
        shown = line;
      }
      Thread.sleep(LOOK.toMillis());
      named = named(client);
    }
    return named;
  }

  private ArrayNode named(ConsumerClient client) {
    ArrayNode named = JSON.createArrayNode();
    for (JsonNode each : client.get("/audit").path("audits")) {
      if (each.path("name").asText().equals(name)) {
        named.add(each);
      }
    }
    return named;
  }

  private static boolean isDone(ArrayNode named, Map<String, Long> numbers) {
    for (JsonNode each : named) {
      long number = numbers.getOrDefault(each.path("kind").asText(), 0L);
      if (each.path("completed").asLong() < number) {
        return false;
      }
    }
    return true;
  }

  private static boolean isRight(ArrayNode found) {
    for (JsonNode each : found) {
      if (each.path("last").path("divergent").asLong() > 0) {
        return false;
      }
    }
    return true;
  }
}
