package dev.puck.embedded;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs that end by themselves. */
final class Program {
  private static final long TIMEOUT_SECONDS = 60;

  private Program() {}

  /** Runs it with its output in the log, and returns its exit status. */
  static int run(List<String> command, LogFile log) {
    return run(command, ProcessBuilder.Redirect.appendTo(log.path().toFile()));
  }

  /** Whether it is there and ends well. */
  static boolean succeeds(List<String> command) {
    try {
      return run(command, ProcessBuilder.Redirect.DISCARD) == 0;
    } catch (ServerException e) {
      return false;
    }
  }

  private static int run(List<String> command, ProcessBuilder.Redirect output) {
    try {
      Process process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new ServerException(command + " took over " + TIMEOUT_SECONDS + " s");
      }
      return process.exitValue();
    } catch (IOException e) {
      throw new ServerException("Cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerException("Interrupted while running " + command, e);
    }
  }
}
