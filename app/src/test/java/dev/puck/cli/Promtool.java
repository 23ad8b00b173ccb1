package dev.puck.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own tool, which checks metrics and rules. */
final class Promtool {
  private Promtool() {}

  static boolean isInstalled() throws InterruptedException {
    try {
      return run(Path.of("/dev/null"), "--version").isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** Nothing where it is content; else what it says. */
  static String run(Path input, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectInput(input.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? "" : "exit code " + process.exitValue() + ": " + output;
  }
}
