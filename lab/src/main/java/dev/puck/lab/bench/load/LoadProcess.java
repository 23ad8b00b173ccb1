package dev.puck.lab.bench.load;

import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.process.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writers in a process of their own: each inserts the next row as soon as its last is committed.
 * Used by one thread.
 */
public final class LoadProcess implements AutoCloseable {
  private static final List<String> JVM_OPTIONS =
      List.of("-Xmx64m", "-XX:+UseSerialGC", "-Xshare:auto");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChildJvm jvm;
  private final Map<String, Long> nextIds = new HashMap<>();

  private LoadProcess(ChildJvm jvm) {
    this.jvm = jvm;
  }

  /** Writers to that database. */
  public static LoadProcess start(Database database, Path log) {
    List<String> arguments = List.of(Integer.toString(database.postgres().port()), database.name());
    return new LoadProcess(
        ChildJvm.start(new ChildJvm.Launch("load", JVM_OPTIONS, LoadMain.class, arguments, log)));
  }

  /** Its process. */
  public long processId() {
    return jvm.processId();
  }

  /**
   * Inserts for that long.
   *
   * @param table made by {@link Sale#createTable}
   * @param warmUp that goes before and does not count
   * @return transactions a second
   */
  public double run(String table, int clients, Duration warmUp, Duration duration)
      throws InterruptedException {
    jvm.tell(
        "%s %d %d %d %d"
            .formatted(table, clients, rows(table), warmUp.toMillis(), duration.toMillis()));
    String[] outcome =
        jvm.await(LoadMain.OUTCOME, warmUp.plus(duration).plus(PATIENCE)).split(" ", -1);
    nextIds.put(table, Long.parseLong(outcome[2]));
    return Long.parseLong(outcome[0]) * 1e9 / Long.parseLong(outcome[1]);
  }

  /** How many rows it has inserted there in all. */
  public long rows(String table) {
    return nextIds.getOrDefault(table, 0L);
  }

  @Override
  public void close() {
    jvm.close();
  }
}
