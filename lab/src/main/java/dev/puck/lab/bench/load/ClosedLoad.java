package dev.puck.lab.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * So many clients, each of which begins its next transaction as soon as the last is committed. One
 * thread serves all of them.
 */
final class ClosedLoad implements AutoCloseable {
  private static final long SELECT_MILLIS = 100;

  private final Selector selector;
  private final List<WireConnection> connections = new ArrayList<>();
  private final Work work;
  private long nextId;
  private long committed;
  private int open;

  /**
   * Connects them.
   *
   * @param firstId the first transaction's number
   */
  ClosedLoad(int port, String database, Work work, int clients, long firstId) throws IOException {
    this.selector = Selector.open();
    this.work = work;
    this.nextId = firstId;
    for (int i = 0; i < clients; i++) {
      WireConnection connection = WireConnection.open(port, database, work.sql());
      connections.add(connection);
      connection.channel().configureBlocking(false);
      connection.channel().register(selector, SelectionKey.OP_READ, connection);
    }
  }

  /**
   * What came of it.
   *
   * @param committed transactions within the time that counts
   * @param nanos of that time
   * @param nextId the first that is not taken
   */
  record Outcome(long committed, long nanos, long nextId) {}

  /** Works for so long, of which the beginning does not count. */
  Outcome run(Duration warmUp, Duration duration) throws IOException {
    for (WireConnection connection : connections) {
      beginNext(connection);
    }
    serveUntil(System.nanoTime() + warmUp.toNanos());
    long before = committed;
    long begin = System.nanoTime();
    serveUntil(begin + duration.toNanos());
    long nanos = System.nanoTime() - begin;
    long counted = committed - before;
    while (open > 0) {
      selector.select(key -> finish(key), SELECT_MILLIS);
    }
    return new Outcome(counted, nanos, nextId);
  }

  private void serveUntil(long nanoTime) throws IOException {
    while (System.nanoTime() - nanoTime < 0) {
      selector.select(this::goOn, SELECT_MILLIS);
    }
  }

  private void goOn(SelectionKey key) {
    if (finish(key)) {
      beginNext((WireConnection) key.attachment());
    }
  }

  private boolean finish(SelectionKey key) {
    try {
      boolean done = ((WireConnection) key.attachment()).receive();
      if (done) {
        committed++;
        open--;
      }
      return done;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void beginNext(WireConnection connection) {
    try {
      connection.send(work.parameters().apply(nextId++));
      open++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (WireConnection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
