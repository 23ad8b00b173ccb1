package dev.puck.bridge;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.embedded.EmbeddedServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the bridge on this machine: latency from the acknowledged commit to a Kafka consumer,
 * and notifications a second. Run by hand, from the test class path; arguments: values of {@code
 * linger.ms}, such as {@code 0 1 5 0 1 5}.
 */
final class BridgeBench {
  private static final int RATE = 500;
  private static final int LATENCIES = 10_000;
  private static final int BATCH = 1_000;

  private final EmbeddedServers servers;
  private final String linger;
  private final BridgeSetup setup;

  private BridgeBench(EmbeddedServers servers, int run, String linger) {
    this.servers = servers;
    this.linger = linger;
    this.setup =
        new BridgeSetup(
                "bench" + run,
                servers.postgres().url("postgres"),
                servers.kafka().bootstrapServers())
            .partitions(3)
            .route("c", "c", null)
            .kafkaProperties(Map.of("linger.ms", linger));
  }

  public static void main(String[] lingers) throws Exception {
    try (EmbeddedServers servers = EmbeddedServers.inTemporaryDirectory()) {
      for (int run = 0; run < lingers.length; run++) {
        new BridgeBench(servers, run, lingers[run]).run();
      }
    }
  }

  private void run() throws Exception {
    try (Bridge bridge = setup.start();
        TopicReader reader = setup.read("c")) {
      Progress progress = new Progress(reader);
      latency(progress, 2_000);
      System.out.printf(
          Locale.ROOT, "linger %s ms, %d/s: %s%n", linger, RATE, latency(progress, LATENCIES));
      System.out.printf(
          Locale.ROOT, "linger %s ms, 8 writers, 1 a transaction: %s%n", linger, singles(progress));
      System.out.printf(
          Locale.ROOT,
          "linger %s ms, 1 writer, %d a transaction: %s%n",
          linger,
          BATCH,
          batches(progress));
      System.out.printf(
          Locale.ROOT,
          "gaps %d, dead letters %d%n",
          bridge.status().gaps(),
          bridge.status().deadLetters());
    }
  }

  /** One writer at a steady rate. */
  private String latency(Progress progress, int count) throws Exception {
    long[] committed = new long[count];
    Thread writer =
        new Thread(
            () -> {
              long start = System.nanoTime();
              try (Connection connection = servers.postgres().connect("postgres")) {
                for (int i = 0; i < count; i++) {
                  LockSupport.parkNanos(start + i * (1_000_000_000L / RATE) - System.nanoTime());
                  BridgeSetup.notify(connection, "c", Integer.toString(i));
                  committed[i] = System.nanoTime();
                }
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    writer.start();
    long[] arrived = progress.arrivals(count);
    writer.join();
    for (int i = 0; i < count; i++) {
      arrived[i] -= committed[i];
    }
    Arrays.sort(arrived);
    return String.format(
        Locale.ROOT,
        "p50 %.2f, p90 %.2f, p99 %.2f, max %.1f ms",
        arrived[count / 2] / 1e6,
        arrived[count * 9 / 10] / 1e6,
        arrived[count * 99 / 100] / 1e6,
        arrived[count - 1] / 1e6);
  }

  private String singles(Progress progress) throws Exception {
    int count = 100_000;
    long start = System.nanoTime();
    AtomicInteger next = new AtomicInteger();
    List<Thread> writers = new ArrayList<>();
    for (int w = 0; w < 8; w++) {
      Thread writer = new Thread(() -> write(next, count, "select pg_notify('c', '%d')", 1));
      writer.start();
      writers.add(writer);
    }
    progress.arrivals(count);
    for (Thread writer : writers) {
      writer.join();
    }
    return perSecond(count, start);
  }

  private String batches(Progress progress) throws Exception {
    int count = 1_000_000;
    long start = System.nanoTime();
    AtomicInteger next = new AtomicInteger();
    String sql =
        "select count(pg_notify('c', i::text)) from generate_series(%1$d, %1$d + "
            + (BATCH - 1)
            + ") i";
    Thread writer = new Thread(() -> write(next, count, sql, BATCH));
    writer.start();
    progress.arrivals(count);
    writer.join();
    return perSecond(count, start);
  }

  private void write(AtomicInteger next, int count, String sql, int step) {
    try (Connection connection = servers.postgres().connect("postgres");
        Statement statement = connection.createStatement()) {
      for (int i = next.getAndAdd(step); i < count; i = next.getAndAdd(step)) {
        statement.execute(String.format(Locale.ROOT, sql, i));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String perSecond(int count, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    return String.format(Locale.ROOT, "%,.0f/s", count / seconds);
  }

  /** Takes in what arrives, and forgets it. */
  private static final class Progress {
    private final TopicReader reader;

    Progress(TopicReader reader) {
      this.reader = reader;
    }

    /** When each of the numbers below {@code count} arrived. */
    long[] arrivals(int count) {
      long[] at = new long[count];
      int arrived = 0;
      while (arrived < count) {
        for (Event event : reader.take()) {
          int number = Integer.parseInt(event.value());
          if (number < count && at[number] == 0) {
            at[number] = System.nanoTime();
            arrived++;
          }
        }
      }
      return at;
    }
  }
}
