package dev.puck.lab.bench.idle;

import dev.puck.lab.bench.load.Sale;
import dev.puck.lab.bench.machine.CpuTime;
import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Patience;
import dev.puck.lab.bench.stage.Plan;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.bench.stage.Source;
import dev.puck.lab.bench.stage.Stage;
import dev.puck.lab.process.BridgeProcess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A bridge on a watched table that nobody writes to. */
public final class IdleBench {
  private static final String NAME = "bench-idle";
  private static final String SESSIONS =
      "select pid from pg_stat_activity where application_name like 'puck bridge%'";

  private static final Duration ASLEEP_WITHIN = Duration.ofSeconds(30);

  /** What the compilers of a new JVM still have to do is not the bridge's. */
  private static final Duration SETTLING = Duration.ofSeconds(60);

  private final Plan plan;
  private final Progress progress;
  private final Database database;

  private IdleBench(Plan plan, Progress progress, Database database) {
    this.plan = plan;
    this.progress = progress;
    this.database = database;
  }

  /** About how long it takes. */
  public static Duration estimate(Plan plan) {
    return settling(plan).plus(plan.duration().multipliedBy(plan.pairs()));
  }

  /** Runs it. */
  public static IdleResult run(Plan plan, Stage stage, Progress progress)
      throws SQLException, InterruptedException {
    Database database = stage.database("bench_idle");
    database.execute(Sale.createTable("public.sale"));
    stage.source().capture(database, "public.sale", NAME);
    database.execute(
        "insert into public.sale (id, customer, amount, item) values (1, 1, 1, 'a girdle')");
    try (BridgeProcess bridge = stage.bridge(stage.settings(NAME, database))) {
      return new IdleBench(plan, progress, database).measure(bridge.processId(), stage.source());
    } finally {
      stage.source().release(database, NAME);
    }
  }

  private IdleResult measure(long bridge, Source source) throws SQLException, InterruptedException {
    progress.step(settling(plan), "idle, until the bridge sleeps");
    if (source == Source.OUTBOX) {
      awaitAsleep();
    }
    TimeUnit.NANOSECONDS.sleep(settling(plan).toNanos());
    IdleResult result = new IdleResult();
    try (Connection connection = database.connect()) {
      for (int pair = 1; pair <= plan.pairs(); pair++) {
        progress.step(plan.duration(), "idle, %d of %d", pair, plan.pairs());
        measureOnce(bridge, connection, result);
      }
    }
    return result;
  }

  private void awaitAsleep() throws SQLException, InterruptedException {
    Patience.until(
        "the bridge is asleep",
        ASLEEP_WITHIN,
        10,
        () -> database.ask("select pg_sequence_last_value('puck.state') >> 2").equals("0"));
  }

  private void measureOnce(long bridge, Connection connection, IdleResult result)
      throws SQLException, InterruptedException {
    CpuTime bridgeBefore = CpuTime.of(Set.of(bridge));
    CpuTime sessionsBefore = CpuTime.of(sessions(connection));
    long begin = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(plan.duration().toNanos());
    CpuTime sessionsAfter = CpuTime.of(sessions(connection));
    CpuTime bridgeAfter = CpuTime.of(Set.of(bridge));
    long nanos = System.nanoTime() - begin;
    result.add(
        percent(bridgeAfter.since(bridgeBefore), nanos),
        percent(sessionsAfter.since(sessionsBefore), nanos));
    progress.say("  %.2f %% of a core", result.lastTotal());
  }

  private static Set<Long> sessions(Connection connection) throws SQLException {
    Set<Long> processIds = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SESSIONS)) {
      while (row.next()) {
        processIds.add(row.getLong(1));
      }
    }
    return processIds;
  }

  private static double percent(Duration used, long nanos) {
    return 100.0 * used.toNanos() / nanos;
  }

  private static Duration settling(Plan plan) {
    return SETTLING.compareTo(plan.duration().multipliedBy(3)) < 0
        ? SETTLING
        : plan.duration().multipliedBy(3);
  }
}
