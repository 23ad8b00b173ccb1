package dev.puck.cli;

import ch.qos.logback.classic.Level;
import dev.puck.service.logging.Logging;
import picocli.CommandLine.Option;

/** How the process logs. */
final class LogOptions {
  @Option(
      names = {"-v", "--verbose"},
      description = "Show debug messages and stack traces.")
  private boolean verbose;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}. Logs go to standard error.")
  private Logging.Format format = Logging.Format.TEXT;

  /** Sets the logging up for a process that runs until it is stopped. */
  void configureService() {
    Logging.configure(format, Level.INFO, verbose);
  }

  /** Sets the logging up for a command whose output matters, and where only trouble is logged. */
  void configureCommand() {
    Logging.configure(format, Level.ERROR, verbose);
  }
}
