package dev.puck.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One real server on 127.0.0.1, in a directory of its own.
 *
 * <p>It can be stopped gently or killed, and started again on the same port and data. It ends with
 * this JVM, even when that is killed. All methods are thread-safe, and block until what they ask
 * for has happened.
 */
public abstract sealed class EmbeddedServer implements AutoCloseable
    permits EmbeddedPostgres, EmbeddedKafka, EmbeddedRedis {
  private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedServer.class);
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final int PORT_ATTEMPTS = 3;
  private static final String PORT_TAKEN = "ddress already in use";

  private final String name;
  private final Path directory;
  private final LogFile log;
  private int port;
  private @Nullable ChildProcess process;

  EmbeddedServer(String name, Path directory, int port) {
    this.name = name;
    this.directory = Directories.create(directory.toAbsolutePath().normalize());
    this.log = new LogFile(this.directory.resolve(name + ".log"));
    this.port = port;
  }

  /** Makes the data ready for the first start; called before each. */
  abstract void prepare();

  /** Program and arguments for a server on this port. */
  abstract List<String> command(int listenPort);

  /** Signal that makes the server end gently. */
  abstract String stopSignal();

  /** Whether the server, which was just started, answers. */
  abstract boolean isReady(int listenPort, long processId);

  /** Called after the server has ended gently. */
  void stopped() {}

  /**
   * Starts the server on its data; does nothing when it runs.
   *
   * @throws ServerException with the end of the log when it does not start
   */
  public final synchronized void start() {
    if (isRunning()) {
      return;
    }
    long start = System.nanoTime();
    prepare();
    if (port == 0) {
      startOnFreePort();
    } else {
      launch(port);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    LOGGER
        .atInfo()
        .addKeyValue("server", name)
        .addKeyValue("port", port)
        .addKeyValue("tookMs", took.toMillis())
        .log("Embedded server started");
  }

  /** Stops the server gently, as its operators would; kills it when that takes over 20 s. */
  public final synchronized void stop() {
    if (process != null) {
      if (process.stop()) {
        stopped();
      }
      process = null;
      LOGGER.atInfo().addKeyValue("server", name).log("Embedded server stopped");
    }
  }

  /** Ends the server and all its children as a power cut would, and waits until they are gone. */
  public final synchronized void kill() {
    if (process != null) {
      process.kill();
      process = null;
      LOGGER.atInfo().addKeyValue("server", name).log("Embedded server killed");
    }
  }

  /** Stops the server gently and starts it again. */
  public final synchronized void restart() {
    stop();
    start();
  }

  /** Freezes the server with all its children: it keeps its connections and answers nobody. */
  public final synchronized void pause() {
    running().pause();
  }

  /** Ends a {@link #pause()}. */
  public final synchronized void resume() {
    running().resume();
  }

  /** Whether the server's process is there; a paused one is. */
  public final synchronized boolean isRunning() {
    return process != null && process.isRunning();
  }

  /** The server's main process. */
  public final synchronized long processId() {
    return running().processId();
  }

  /** Always 127.0.0.1. */
  public final String host() {
    return Loopback.HOST;
  }

  /** Where it listens; the same after a restart. */
  public final synchronized int port() {
    return port;
  }

  /** The directory with its data and its log. */
  public final Path directory() {
    return directory;
  }

  /** What it writes to standard output and error. */
  public final Path logFile() {
    return log.path();
  }

  /** As {@link #stop()}. */
  @Override
  public final void close() {
    stop();
  }

  final LogFile log() {
    return log;
  }

  private ChildProcess running() {
    if (process == null) {
      throw new IllegalStateException(name + " is not running; call start() first");
    }
    return process;
  }

  private void startOnFreePort() {
    for (int attempt = 1; port == 0; attempt++) {
      int candidate = FreePort.next();
      try {
        launch(candidate);
        port = candidate;
      } catch (ServerException e) {
        if (attempt == PORT_ATTEMPTS || !log.tail().contains(PORT_TAKEN)) {
          throw e;
        }
      }
    }
  }

  private void launch(int listenPort) {
    ChildProcess child =
        ChildProcess.start(
            new ChildProcess.Launch(
                command(listenPort),
                stopSignal(),
                new PidFile(directory.resolve(name + ".pid")),
                log));
    boolean answered = false;
    try {
      answered = awaitReady(child, listenPort);
    } finally {
      if (!answered) {
        child.kill();
      }
    }
    process = child;
  }

  private boolean awaitReady(ChildProcess child, int listenPort) {
    Await.until(READY_WITHIN, () -> !child.isRunning() || isReady(listenPort, child.processId()));
    if (!child.isRunning() || !isReady(listenPort, child.processId())) {
      throw new ServerException(
          "%s on port %d %s. Its log %s ends with:%n%s"
              .formatted(
                  name,
                  listenPort,
                  child.isRunning() ? "did not answer within " + READY_WITHIN : "ended",
                  log.path(),
                  log.tail()));
    }
    return true;
  }
}
