package dev.puck.lab.process;

import dev.puck.service.retry.TransientException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A JVM with this one's class path, whose main class ends when its standard input does, and so with
 * this JVM. Lines go both ways. Used by one thread.
 */
public final class ChildJvm implements AutoCloseable {
  private static final Duration END_PATIENCE = Duration.ofSeconds(15);
  private static final int LOG_LINES_SHOWN = 15;

  /** No line is so: it tells that there will be no more. */
  private static final String END = "\0";

  private final String name;
  private final Process process;
  private final Path log;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private ChildJvm(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * What to run.
   *
   * @param name what messages call it
   * @param jvmOptions such as {@code -Xmx128m}
   * @param main the name of a class whose main method reads its standard input to the end
   * @param arguments of the main method
   * @param log its standard error is appended to this file
   * @param classPath where it finds its classes
   */
  public record Launch(
      String name,
      List<String> jvmOptions,
      String main,
      List<String> arguments,
      Path log,
      String classPath) {
    public Launch {
      jvmOptions = List.copyOf(jvmOptions);
      arguments = List.copyOf(arguments);
    }

    /** One with this JVM's class path. */
    public Launch(
        String name, List<String> jvmOptions, Class<?> main, List<String> arguments, Path log) {
      this(name, jvmOptions, main.getName(), arguments, log, System.getProperty("java.class.path"));
    }
  }

  /** Starts one. */
  public static ChildJvm start(Launch launch) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(launch.jvmOptions());
    command.addAll(List.of("-cp", launch.classPath()));
    command.add(launch.main());
    command.addAll(launch.arguments());
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(launch.log().toFile()))
              .start();
      ChildJvm child = new ChildJvm(launch.name(), process, launch.log());
      Thread ear = new Thread(child::listen, "lab-" + launch.name());
      ear.setDaemon(true);
      ear.start();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its process. */
  public long processId() {
    return process.pid();
  }

  /** Says one line to it; one that has ended does not hear it. */
  public void tell(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      // It has ended, which whoever waits for its answer will notice.
    }
  }

  /**
   * The rest of its next line that begins so; others are passed over.
   *
   * @throws TransientException with the end of its log if it says nothing such in time, or ended
   */
  public String await(String beginning, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      @Nullable String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null || line.equals(END)) {
        throw silent(line == null ? "said nothing for " + atMost.toSeconds() + " s" : "ended");
      }
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
    }
  }

  /** As {@link #await}, of what it has said already; null if nothing that it said begins so. */
  public @Nullable String heard(String beginning) {
    for (@Nullable String line = lines.poll(); line != null; line = lines.poll()) {
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
    }
    return null;
  }

  /** Whether it is there. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** What it ended with; empty while it runs. A process that was killed ends with 137. */
  public OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** Whether it ended within that time. */
  public boolean awaitEnd(Duration atMost) throws InterruptedException {
    return process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Fails if it ends by itself within that time.
   *
   * @throws TransientException with the end of its log
   */
  public void requireRunningFor(Duration time) throws InterruptedException {
    if (process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS)) {
      requireRunning();
    }
  }

  /**
   * Fails if it has ended by itself. Code 3: it was out of memory.
   *
   * @throws TransientException with the end of its log
   */
  public void requireRunning() {
    if (!process.isAlive()) {
      throw silent("ended with code " + process.exitValue());
    }
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends it gently, and kills it when that takes over 15 s. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // Killed in the middle of a word.
    }
    lines.add(END);
  }

  private TransientException silent(String what) {
    return new TransientException("The " + name + " " + what + "; its log ends with:\n" + logEnd());
  }

  private String logEnd() {
    try {
      List<String> all = Files.readAllLines(log);
      return String.join("\n", all.subList(Math.max(0, all.size() - LOG_LINES_SHOWN), all.size()));
    } catch (IOException e) {
      return "(" + e + ")";
    }
  }
}
