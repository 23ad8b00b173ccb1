package dev.puck.lab.proof.bridge;

import dev.puck.bridge.milestone.Milestone;
import dev.puck.lab.proof.sabotage.Sabotage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A bridge in a JVM of its own, which ends with this one. Thread-safe. */
public final class BridgeProcess implements AutoCloseable {
  static final String STARTED = "started ";
  static final String LEADING = "leading";

  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx128m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xshare:auto");

  private final Process process;
  private volatile boolean started;
  private volatile long ledAt;

  private BridgeProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param config its configuration file
   * @param sabotage what it does wrong
   * @param log what it logs is appended to this file
   */
  public static BridgeProcess start(Path config, Sabotage sabotage, Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BridgeMain.class.getName(), config.toString(), sabotage.name()));
    try {
      BridgeProcess bridge =
          new BridgeProcess(
              new ProcessBuilder(command)
                  .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                  .start());
      Thread ear = new Thread(bridge::listen, "proof-bridge-" + bridge.processId());
      ear.setDaemon(true);
      ear.start();
      return bridge;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its process. */
  public long processId() {
    return process.pid();
  }

  /** Whether it is there. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** Whether it has come up: it works, or stands by. */
  public boolean isStarted() {
    return started;
  }

  /** When it last said that it leads, by {@code System.nanoTime}; 0 before the first time. */
  public long ledAt() {
    return ledAt;
  }

  /** Whether it ended at the point that it was told to end at, if nobody else killed it. */
  public boolean halted() {
    return !process.isAlive() && process.exitValue() == Armed.KILLED;
  }

  /** What it ended with. */
  public int exitCode() {
    return process.exitValue();
  }

  /** It shall die when it passes that point for the so many-th time from now. */
  public void arm(Milestone at, int passes) {
    try {
      OutputStream in = process.getOutputStream();
      in.write("arm %s %d\n".formatted(at, passes).getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      // It has ended, which whoever waits for that will notice.
    }
  }

  /** Whether it ended within that time. */
  public boolean awaitEnd(Duration atMost) throws InterruptedException {
    return process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGSTOP until the answer is closed. */
  public Freeze freeze() {
    return Freeze.of(process.pid());
  }

  /** Kills it and waits for nobody. */
  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void listen() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals(LEADING)) {
          ledAt = System.nanoTime();
        } else if (line.startsWith(STARTED)) {
          started = true;
        }
      }
    } catch (IOException e) {
      // Killed in the middle of a word.
    }
  }
}
