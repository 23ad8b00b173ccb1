package dev.puck.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command in a process of its own, to be killed. */
final class PuckProcess implements AutoCloseable {
  private final Process process;
  private final Path log;

  private PuckProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Runs {@code puck} with these arguments; what it writes is appended to {@code log}. */
  static PuckProcess start(Path log, String... arguments) throws IOException {
    return start(System.getProperty("java.class.path"), log, arguments);
  }

  /** The same with more classes, as {@code PUCK_CLASS_PATH} adds them. */
  static PuckProcess startWith(Path classes, Path log, String... arguments) throws IOException {
    String classPath = System.getProperty("java.class.path") + File.pathSeparator + classes;
    return start(classPath, log, arguments);
  }

  private static PuckProcess start(String classPath, Path log, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-cp", classPath));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    return new PuckProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start(),
        log);
  }

  /** As {@code kill -9}; returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As {@code kill}; returns its exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("It did not end in 20 s after SIGTERM:\n" + output());
    }
    return process.exitValue();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** What it and its predecessors on the same log wrote. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
