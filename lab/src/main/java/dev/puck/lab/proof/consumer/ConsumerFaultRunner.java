package dev.puck.lab.proof.consumer;

import dev.puck.embedded.EmbeddedServer;
import dev.puck.lab.proof.bridge.Freeze;
import dev.puck.lab.proof.consumer.ConsumerFault.Kind;
import dev.puck.lab.proof.consumer.process.ConsumerFleet;
import dev.puck.lab.proof.consumer.process.ConsumerProcess;
import dev.puck.lab.proof.consumer.process.Trap;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;

/** Makes faults happen to one trial, and waits until they are overcome. Used by one thread. */
final class ConsumerFaultRunner {
  private static final Duration STARTED_WITHIN = Duration.ofMinutes(2);

  /** In which some process passes every point, also while partitions change hands. */
  private static final Duration TRAPPED_WITHIN = Duration.ofMinutes(1);

  private static final String TERMINATE =
      """
      select pg_terminate_backend(pid) from pg_stat_activity
       where application_name like 'puck consumer %' and datname = current_database()
      """;

  private final ConsumerServers servers;
  private final ConsumerTrial trial;
  private final ConsumerFleet fleet;

  ConsumerFaultRunner(ConsumerServers servers, ConsumerTrial trial) {
    this.servers = servers;
    this.trial = trial;
    this.fleet = trial.fleet();
  }

  /** What happened, and how long changes then took to come through; null if nobody waited. */
  record Overcome(Kind kind, @Nullable Duration took) {}

  /**
   * Makes it happen, and returns when changes flow again, unless it overlaps with the next.
   *
   * @throws dev.puck.lab.proof.ProofException if they do not
   */
  Overcome run(ConsumerFault fault) throws SQLException, InterruptedException {
    awaitStarted();
    Kind done =
        switch (fault.kind()) {
          case AT_RANDOM -> kill(fault);
          case AT_READ, AT_WRITTEN, AT_APPLIED -> trap(fault);
          case FREEZE -> freeze(fault);
          case REDIS -> kill(servers.redis(), fault);
          case POSTGRES -> kill(servers.database(), fault);
          case REDIS_FLUSH -> flush(fault);
          case SESSIONS -> endSessions(fault);
        };
    fleet.restore();
    return new Overcome(done, fault.overlaps() ? null : trial.flow().await());
  }

  private Kind kill(ConsumerFault fault) throws InterruptedException {
    Waiting.millis(fault.delayMillis());
    fleet.kill(fault.place());
    return Kind.AT_RANDOM;
  }

  private static Kind kill(EmbeddedServer server, ConsumerFault fault) {
    server.kill();
    Waiting.millis(fault.delayMillis());
    server.start();
    return fault.kind();
  }

  private Kind flush(ConsumerFault fault) {
    try (Jedis redis = new Jedis(servers.redis().host(), servers.redis().port())) {
      String unused = redis.flushAll();
    }
    return fault.kind();
  }

  private Kind endSessions(ConsumerFault fault) throws SQLException {
    trial.execute(TERMINATE);
    return fault.kind();
  }

  /**
   * Waits for one to die at the point, whichever comes there first. Where none does, one dies all
   * the same, but that is another kind.
   */
  private Kind trap(ConsumerFault fault) throws InterruptedException {
    fleet.set(trap(fault, fault.passes(), Trap.Kind.HALT));
    boolean sprung = Waiting.holds(TRAPPED_WITHIN, () -> fleet.ended() >= 0);
    if (!sprung) {
      fleet.clear();
      return kill(fault);
    }
    fleet.clear();
    return fault.kind();
  }

  /** Others must take over meanwhile, and the one that wakes up must not disturb them. */
  @SuppressWarnings("try") // What counts is when it ends.
  private Kind freeze(ConsumerFault fault) throws SQLException, InterruptedException {
    fleet.set(trap(fault, 1, Trap.Kind.HOLD));
    AtomicInteger held = new AtomicInteger(-1);
    Waiting.until(
        "Consumers have events of " + fault.projection(),
        TRAPPED_WITHIN,
        () -> held.updateAndGet(place -> fleet.held()) >= 0);
    int frozen = held.get();
    ConsumerProcess consumer = fleet.at(frozen);
    try (Freeze standing = consumer.freeze()) {
      fleet.clear();
      for (int place = 0; place < fleet.size(); place++) {
        fleet.at(place).go(); // which the frozen one hears when it wakes up
      }
      Duration unused = trial.flow().await(place -> place != frozen);
    }
    return Kind.FREEZE;
  }

  private static Trap trap(ConsumerFault fault, int passes, Trap.Kind kind) {
    return new Trap(fault.projection(), Objects.requireNonNull(fault.kind().point()), passes, kind);
  }

  private void awaitStarted() throws InterruptedException {
    Waiting.until(
        "All consumers are up",
        STARTED_WITHIN,
        () -> {
          fleet.restore();
          return fleet.isStarted();
        });
  }
}
