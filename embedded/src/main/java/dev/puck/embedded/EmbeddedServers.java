package dev.puck.embedded;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Real PostgreSQL, Kafka and Redis on loopback, each started when it is first asked for.
 *
 * <p>Their data lies under one directory, which can be given, to come back to later, or temporary,
 * to be deleted at the end. Thread-safe; different servers can be started at the same time. Closing
 * stops all gently, the last one started first.
 */
public final class EmbeddedServers implements AutoCloseable {
  private final DirectoryLock directory;
  private final boolean temporary;
  private final Lazy<EmbeddedPostgres> postgres;
  private final Lazy<EmbeddedKafka> kafka;
  private final Lazy<EmbeddedRedis> redis;
  private final Deque<EmbeddedServer> started = new ArrayDeque<>();
  private boolean closed;

  private EmbeddedServers(Path directory, boolean temporary, EmbeddedConfig config) {
    this.directory = DirectoryLock.take(directory);
    this.temporary = temporary;
    this.postgres = lazily(() -> EmbeddedPostgres.startIn(in("postgres"), config.postgres()));
    this.kafka = lazily(() -> EmbeddedKafka.startIn(in("kafka"), config.kafka()));
    this.redis = lazily(() -> EmbeddedRedis.startIn(in("redis"), config.redis()));
  }

  /** Servers whose data is deleted with {@link #close()}. */
  public static EmbeddedServers inTemporaryDirectory() {
    return inTemporaryDirectory(EmbeddedConfig.defaults());
  }

  /** As {@link #inTemporaryDirectory()}, with servers of your making. */
  public static EmbeddedServers inTemporaryDirectory(EmbeddedConfig config) {
    return new EmbeddedServers(Directories.createTemporary("puck-servers-"), true, config);
  }

  /**
   * Servers on the data in the directory, which is made when it is missing.
   *
   * @throws ServerException when another process uses the directory
   */
  public static EmbeddedServers in(Path directory) {
    return in(directory, EmbeddedConfig.defaults());
  }

  /** As {@link #in(Path)}, with servers of your making. */
  public static EmbeddedServers in(Path directory, EmbeddedConfig config) {
    return new EmbeddedServers(directory, false, config);
  }

  /** PostgreSQL; the first request starts it. */
  public EmbeddedPostgres postgres() {
    return postgres.get();
  }

  /** Kafka; the first request starts it. */
  public EmbeddedKafka kafka() {
    return kafka.get();
  }

  /** Redis; the first request starts it. */
  public EmbeddedRedis redis() {
    return redis.get();
  }

  /** The directory with all data and logs. */
  public Path directory() {
    return directory.path();
  }

  /** Stops all servers gently, and deletes a temporary directory; a second time does nothing. */
  @Override
  public void close() {
    end(EmbeddedServer::stop);
  }

  /** As {@link #close()}, but in no time, and as gentle as a power cut. */
  public void kill() {
    end(EmbeddedServer::kill);
  }

  private void end(Consumer<EmbeddedServer> how) {
    List<EmbeddedServer> servers = takeStarted();
    try {
      endAll(servers, how);
    } finally {
      directory.close();
      if (temporary) {
        Directories.delete(directory.path());
      }
    }
  }

  private Path in(String name) {
    return directory.path().resolve(name);
  }

  private <T extends EmbeddedServer> Lazy<T> lazily(Supplier<T> maker) {
    return new Lazy<>(
        () -> {
          requireOpen();
          return register(maker.get());
        });
  }

  private synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException("These servers are closed; make others");
    }
  }

  private synchronized <T extends EmbeddedServer> T register(T server) {
    if (closed) {
      server.stop(); // closed while this one was starting
    }
    requireOpen();
    started.push(server);
    return server;
  }

  private synchronized List<EmbeddedServer> takeStarted() {
    closed = true;
    List<EmbeddedServer> servers = List.copyOf(started);
    started.clear();
    return servers;
  }

  /** Ends each, whatever happens to the others. */
  private static void endAll(List<EmbeddedServer> servers, Consumer<EmbeddedServer> how) {
    ServerException failure = new ServerException("Not all embedded servers could be stopped");
    for (EmbeddedServer server : servers) {
      try {
        how.accept(server);
      } catch (ServerException e) {
        failure.addSuppressed(e);
      }
    }
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }
}
