package dev.puck.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server's process, which ends with this JVM however this JVM ends.
 *
 * <p>A shell stands between: it holds the other end of a pipe of ours, and when that closes, by our
 * hand or by our death, asks the server to stop. Not thread-safe; its owner guards it.
 */
final class ChildProcess {
  private static final Duration STOP_GRACE = Duration.ofSeconds(20);
  private static final Duration GONE_WITHIN = Duration.ofSeconds(10);
  private static final Duration LAUNCHED_WITHIN = Duration.ofSeconds(10);
  private static final Duration FILE_GONE_WITHIN = Duration.ofMillis(500);

  private final Process supervisor;
  private final ProcessHandle server;
  private boolean paused;

  private ChildProcess(Process supervisor, ProcessHandle server) {
    this.supervisor = supervisor;
    this.server = server;
  }

  /**
   * What to run.
   *
   * @param command program and arguments
   * @param stopSignal signal that makes it end gently
   * @param pidFile where its process id is noted while it runs
   * @param log where its output goes
   */
  record Launch(List<String> command, String stopSignal, PidFile pidFile, LogFile log) {}

  /**
   * Starts the process, once one that an earlier JVM may have left on the same files is gone.
   *
   * @throws ServerException when it ended at once
   */
  static ChildProcess start(Launch launch) {
    awaitPredecessor(launch.pidFile());
    Process supervisor = spawn(launch);
    Await.until(LAUNCHED_WITHIN, () -> launch.pidFile().exists() || !supervisor.isAlive());
    return launch
        .pidFile()
        .process()
        .map(server -> new ChildProcess(supervisor, server))
        .orElseThrow(() -> endedAtOnce(launch));
  }

  long processId() {
    return server.pid();
  }

  boolean isRunning() {
    return supervisor.isAlive() && !ProcessState.isGone(server);
  }

  /**
   * Asks the process to end, and kills it when it does not within the grace.
   *
   * @return whether it ended by itself
   */
  boolean stop() {
    if (paused) {
      resume();
    }
    closePipe();
    if (awaitSupervisor(STOP_GRACE)) {
      return true;
    }
    kill();
    return false;
  }

  /**
   * Ends the process and all that descend from it as a power cut would; returns when all are gone.
   */
  void kill() {
    List<ProcessHandle> all = tree();
    all.forEach(ProcessHandle::destroyForcibly);
    boolean gone =
        Await.until(GONE_WITHIN, () -> all.stream().allMatch(ProcessState::isGone))
            && awaitSupervisor(GONE_WITHIN);
    closePipe();
    if (!gone) {
      throw new ServerException(
          "Killed processes are still there after " + GONE_WITHIN + ": " + all);
    }
  }

  /** Stops the clock for the process and all that descend from it. */
  void pause() {
    Signals.send("STOP", tree());
    paused = true;
  }

  /** Ends a {@link #pause()}. */
  void resume() {
    Signals.send("CONT", tree());
    paused = false;
  }

  private List<ProcessHandle> tree() {
    return Stream.concat(Stream.of(server), server.descendants()).toList();
  }

  private void closePipe() {
    try {
      supervisor.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean awaitSupervisor(Duration atMost) {
    try {
      return supervisor.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Process spawn(Launch launch) {
    List<String> command = new ArrayList<>();
    Path pidFile = launch.pidFile().path();
    // A file, since as an argument the script would fill the screen of everybody who calls ps.
    Path script = Resource.copyTo(Objects.requireNonNull(pidFile.getParent()), "supervise.sh");
    command.addAll(List.of("/bin/sh", script.toString()));
    command.addAll(List.of(pidFile.toString(), launch.stopSignal()));
    command.add(Long.toString(STOP_GRACE.toSeconds()));
    command.addAll(launch.command());
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().path().toFile()))
          .start();
    } catch (IOException e) {
      throw new ServerException("Cannot run /bin/sh", e);
    }
  }

  /** Its supervisor removes the file at last; where that was killed as well, nobody does. */
  private static void awaitPredecessor(PidFile pidFile) {
    Await.until(STOP_GRACE, () -> pidFile.process().map(ProcessState::isGone).orElse(true));
    Await.until(FILE_GONE_WITHIN, () -> !pidFile.exists());
    pidFile.delete();
  }

  private static ServerException endedAtOnce(Launch launch) {
    return new ServerException(
        "%s ended at once. Its log %s ends with:%n%s"
            .formatted(launch.command().get(0), launch.log().path(), launch.log().tail()));
  }
}
