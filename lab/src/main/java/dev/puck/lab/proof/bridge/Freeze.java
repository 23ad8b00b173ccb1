package dev.puck.lab.proof.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A process that was stopped with SIGSTOP and goes on when this is closed. A shell holds the other
 * end of a pipe of ours, so that it also goes on when we end.
 */
public final class Freeze implements AutoCloseable {
  private static final long GRACE_SECONDS = 10;

  private final Process shell;
  private final long begin = System.nanoTime();

  private Freeze(Process shell) {
    this.shell = shell;
  }

  /** Stops that process; returns when it stands still. */
  public static Freeze of(long processId) {
    String script = "kill -s STOP \"$1\" && echo && cat >/dev/null; kill -s CONT \"$1\"";
    try {
      Process shell =
          new ProcessBuilder("/bin/sh", "-c", script, "freeze", Long.toString(processId))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (shell.getInputStream().read() < 0) {
        throw new IllegalStateException("Process " + processId + " cannot be stopped");
      }
      return new Freeze(shell);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For how long it has stood still. */
  public Duration age() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Lets it go on; returns when it does. */
  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
      shell.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
