package dev.puck.lab.process;

import dev.puck.service.retry.TransientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A consumer in a JVM of its own. Used by one thread. */
public final class ConsumerProcess implements AutoCloseable {
  static final String STARTED = "started ";

  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private final ChildJvm jvm;
  private final String url;

  private ConsumerProcess(ChildJvm jvm, String url) {
    this.jvm = jvm;
    this.url = url;
  }

  /**
   * Starts one, and returns when it answers, which may be before it serves.
   *
   * @param config its configuration file
   * @param log what it logs is appended to this file
   * @param jvmOptions its heap and collector
   * @throws TransientException with the end of its log if it does not start
   */
  public static ConsumerProcess start(Path config, Path log, List<String> jvmOptions)
      throws InterruptedException {
    ChildJvm jvm =
        ChildJvm.start(
            new ChildJvm.Launch(
                "consumer", jvmOptions, ConsumerMain.class, List.of(config.toString()), log));
    try {
      return new ConsumerProcess(jvm, jvm.await(STARTED, START_PATIENCE));
    } catch (RuntimeException | InterruptedException e) {
      jvm.close();
      throw e;
    }
  }

  /** Where it answers, such as {@code http://127.0.0.1:8081}. */
  public String url() {
    return url;
  }

  /** Its process. */
  public long processId() {
    return jvm.processId();
  }

  /**
   * Fails if it has ended by itself.
   *
   * @throws TransientException with the end of its log
   */
  public void requireRunning() {
    jvm.requireRunning();
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() throws InterruptedException {
    jvm.kill();
  }

  /** Ends it gently. */
  @Override
  public void close() {
    jvm.close();
  }
}
