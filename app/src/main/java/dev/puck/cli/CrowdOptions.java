package dev.puck.cli;

import dev.puck.cli.demo.CrowdSize;
import picocli.CommandLine.Option;

/** How busy the crowd is. */
final class CrowdOptions {
  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "500",
      description = "Retweets and favs a second, all writers together; default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--writers",
      paramLabel = "N",
      defaultValue = "4",
      description = "Connections that write, 1 to 64; default: ${DEFAULT-VALUE}.")
  private int writers;

  CrowdSize size() {
    return new CrowdSize(rate, writers);
  }
}
