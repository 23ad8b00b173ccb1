package dev.puck.lab.proof.consumer.process;

import dev.puck.lab.process.ChildJvm;
import dev.puck.lab.proof.bridge.Freeze;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A consumer in a JVM of its own, which ends with this one. Used by one thread, but for {@link
 * #url}.
 */
public final class ConsumerProcess {
  static final String STARTED = "started ";
  static final String HELD = "held";
  static final String TRAP = "trap ";
  static final String CLEAR = "clear";
  static final String GO = "go";

  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx160m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xshare:auto");

  private final ChildJvm jvm;
  private volatile @Nullable String url;

  private ConsumerProcess(ChildJvm jvm) {
    this.jvm = jvm;
  }

  /**
   * Starts one; returns at once.
   *
   * @param config its configuration file
   * @param sabotage what it does wrong
   * @param log what it logs is appended to this file
   */
  static ConsumerProcess start(Path config, ConsumerSabotage sabotage, Path log) {
    Path beside = log.resolveSibling("class-path");
    return new ConsumerProcess(
        ChildJvm.start(
            new ChildJvm.Launch(
                "consumer",
                JVM_OPTIONS,
                ConsumerMain.class.getName(),
                List.of(config.toString(), sabotage.name()),
                log,
                sabotage.classPath(beside))));
  }

  /** Whether it is there. */
  public boolean isRunning() {
    return jvm.isRunning();
  }

  /**
   * Whether it ended and nobody had killed it, nor a trap. What did not come up is no such: a
   * server that it needs may be away.
   */
  boolean endedByItself() {
    return jvm.exitCode().orElse(Traps.KILLED) != Traps.KILLED && isStarted();
  }

  /** Whether it has come up; it may be warming yet. */
  public boolean isStarted() {
    if (url == null) {
      url = jvm.heard(STARTED);
    }
    return url != null;
  }

  /** Where it answers; null before it does. For all threads. */
  public @Nullable String url() {
    return url;
  }

  /** Sets a trap, in the place of any other. */
  public void set(Trap trap) {
    jvm.tell(TRAP + trap.line());
  }

  /** Takes away a trap that has not sprung. */
  public void clear() {
    jvm.tell(CLEAR);
  }

  /** Whether a projection of it is held by now. To be asked once it has started. */
  public boolean isHeld() {
    return jvm.heard(HELD) != null;
  }

  /** What is held goes on, once the process does. */
  public void go() {
    jvm.tell(GO);
  }

  /** SIGSTOP until the answer is closed. */
  public Freeze freeze() {
    return Freeze.of(jvm.processId());
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() throws InterruptedException {
    jvm.kill();
  }
}
