package dev.puck.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells the main thread that the process shall end (Ctrl-C, SIGTERM), and holds the process back
 * until that thread has cleaned up, or some seconds have passed. The process then ends with an exit
 * code of its command's choice, not with the signal's.
 */
public final class StopSignal implements AutoCloseable {
  private static final Duration CLEAN_UP_PATIENCE = Duration.ofMillis(9_500);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch cleanedUp = new CountDownLatch(1);
  private final Thread hook = new Thread(this::requestAndWait, "shutdown");
  private final int exitCode;

  /**
   * Made by the thread that shall hear of it.
   *
   * @param exitCode what the process ends with if it was told to end and cleaned up in time
   */
  public StopSignal(int exitCode) {
    this.exitCode = exitCode;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Waits for the signal, but not longer than that; whether it came. */
  public boolean await(Duration atMost) throws InterruptedException {
    return requested.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits for the signal. */
  public void await() throws InterruptedException {
    requested.await();
  }

  /** Whether the process shall end. */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Interrupts the thread that calls this, once the signal comes. */
  public void interruptMe() {
    Thread caller = Thread.currentThread();
    Thread waiter =
        new Thread(
            () -> {
              try {
                requested.await();
                caller.interrupt();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "interrupt-on-stop");
    waiter.setDaemon(true);
    waiter.start();
  }

  /** Everything is cleaned up: the process may end. */
  @Override
  public void close() {
    cleanedUp.countDown();
    if (!isRequested()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The signal came just now; its hook ends at once.
        requested.countDown();
      }
    }
  }

  private void requestAndWait() {
    requested.countDown();
    try {
      boolean clean = cleanedUp.await(CLEAN_UP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (!clean) {
        System.err.println("puck: not everything ended in time");
      }
      Runtime.getRuntime().halt(clean ? exitCode : ExitCode.FAILURE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
