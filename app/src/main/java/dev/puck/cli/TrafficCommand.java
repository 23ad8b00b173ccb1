package dev.puck.cli;

import dev.puck.cli.demo.CrowdSize;
import dev.puck.cli.demo.LiveTraffic;
import dev.puck.cli.demo.play.Play;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code puck traffic}. */
@Command(
    name = "traffic",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "The demo's crowd on a database of yours: retweets and favs, published through the outbox,",
      "until it is stopped. Installs the demo's schema and loads the play where they are missing;",
      "after 'puck init'."
    },
    footer = {
      "",
      "Examples:",
      "  puck traffic --postgres postgresql://127.0.0.1:5432/tweeter --user crowd --rate 200",
      "  puck traffic --prepare                     only schema and play, then ends",
      "  puck traffic --in-place                    tweets' own counters change, too",
      "",
      "Exit code: 0 after SIGTERM or Ctrl-C, 1 if PostgreSQL is away at the start, 2 if an option"
          + " is wrong or the schema puck is missing."
    })
final class TrafficCommand implements Callable<Integer> {
  @Mixin private DatabaseOptions databaseOptions = new DatabaseOptions();
  @Mixin private CrowdOptions crowdOptions = new CrowdOptions();
  @Mixin private LogOptions logOptions = new LogOptions();

  @Option(
      names = "--play",
      paramLabel = "FILE",
      description = "A play in Jon Bosak's XML format; default: Hamlet.")
  private @Nullable Path play;

  @Option(
      names = "--in-place",
      description =
          "Update the counters in tweet.message, too, so that its rows change; writers of one tweet"
              + " then wait for each other.")
  private boolean inPlace;

  @Option(names = "--prepare", description = "Install and load what is missing, and end.")
  private boolean prepareOnly;

  @Override
  public Integer call() throws InterruptedException {
    logOptions.configureService();
    CrowdSize size = crowdOptions.size();
    LiveTraffic traffic = new LiveTraffic(databaseOptions.postgres());
    int tweets = traffic.prepare(play == null ? Play.hamlet() : Play.file(play));
    if (!prepareOnly) {
      try (StopSignal stop = new StopSignal(ExitCode.OK)) {
        traffic.run(tweets, size, inPlace, stop);
      }
    }
    return ExitCode.OK;
  }
}
