package dev.puck.consumer.summary;

import dev.puck.consumer.config.SummaryConfig;
import dev.puck.consumer.database.OffsetRepository;
import dev.puck.consumer.database.ResyncLog;
import dev.puck.consumer.database.Session;
import dev.puck.consumer.projection.AuditShadow;
import dev.puck.consumer.projection.Comparison;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.consumer.projection.Reached;
import dev.puck.consumer.projection.Shadow;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.service.retry.TransientException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A summary being built anew, in a temporary table of a session that also holds the lock against
 * others that would build it: when the process dies, nothing is left.
 */
final class SummaryShadow implements AuditShadow {
  private final SummaryConfig config;
  private final Session session;
  private final OffsetRepository offsets;
  private final ResyncLog resyncs;
  private final ShadowTable table;
  private final BisectingStatement statement;
  private Set<String> was = Set.of();

  private SummaryShadow(
      SummaryConfig config, Session session, OffsetRepository offsets, ResyncLog resyncs) {
    this.config = config;
    this.session = session;
    this.offsets = offsets;
    this.resyncs = resyncs;
    this.table = new ShadowTable(config.table());
    this.statement =
        new BisectingStatement(SummaryStatement.parse(config.statementText(), ShadowTable.NAME));
  }

  /** Takes over the session, and closes it where there is no shadow. */
  static Optional<Shadow> begin(
      SummaryConfig config,
      Session session,
      OffsetRepository offsets,
      ResyncLog resyncs,
      long since) {
    SummaryShadow shadow = new SummaryShadow(config, session, offsets, resyncs);
    boolean begun = false;
    try {
      begun = session.inTransaction(shadow.doing("resync"), each -> shadow.begin(each, since));
      return begun ? Optional.of(shadow) : Optional.empty();
    } finally {
      if (!begun) {
        session.close();
      }
    }
  }

  /**
   * One that is to be compared. Takes over the session.
   *
   * @param repair whether it may be swapped in
   */
  static AuditShadow audit(
      SummaryConfig config,
      Session session,
      OffsetRepository offsets,
      ResyncLog resyncs,
      boolean repair) {
    SummaryShadow shadow = new SummaryShadow(config, session, offsets, resyncs);
    try {
      shadow.run("an audit", connection -> shadow.beginAudit(connection, repair));
      return shadow;
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  @Override
  public Map<TopicPartition, Long> served() {
    return session.inTransaction(doing("reading offsets"), each -> next(offsets.read(each)));
  }

  @Override
  public void add(List<String> rows) {
    run("taking rows of the truth", connection -> table.add(connection, rows));
  }

  @Override
  public void apply(List<IncomingEvent> events) {
    run("following", connection -> statement.apply(connection, payloads(events)));
  }

  @Override
  public Comparison compare(CatchUp catchUp) {
    run("analyzing", table::analyze);
    return session.inTransaction(doing("comparing"), each -> compare(each, catchUp));
  }

  @Override
  public void swap(SourceSnapshot truth, CatchUp catchUp) {
    run("analyzing", table::analyze);
    run("the swap", connection -> swap(connection, truth, catchUp));
  }

  @Override
  public void close() {
    session.close();
  }

  private boolean begin(Connection connection, long since) throws SQLException {
    lock(connection);
    if (resyncs.finished(connection) > since) {
      return false;
    }
    resyncs.begin(connection);
    table.create(connection);
    return true;
  }

  private void beginAudit(Connection connection, boolean repair) throws SQLException {
    if (repair) {
      lock(connection);
    }
    Map<TopicPartition, Reached> reached = offsets.read(connection);
    if (reached.isEmpty()) {
      throw new TransientException(
          "The summary '" + config.name() + "' has no state yet; its audit waits for the first.");
    }
    was = truths(reached);
    table.create(connection);
  }

  private void lock(Connection connection) throws SQLException {
    if (!resyncs.tryLock(connection)) {
      throw new TransientException(
          "Another process is building the summary '" + config.name() + "'; waiting for it.");
    }
  }

  /** Offsets and rows are those of one snapshot, so that nobody is held up. */
  private Comparison compare(Connection connection, CatchUp catchUp) throws SQLException {
    try (Statement isolation = connection.createStatement()) {
      isolation.execute("set transaction isolation level repeatable read");
    }
    Map<TopicPartition, Reached> reached = offsets.read(connection);
    if (!truths(reached).equals(was)) {
      throw new TransientException(
          "The summary '" + config.name() + "' was built anew meanwhile; its audit begins again.");
    }
    Map<TopicPartition, Long> next = next(reached);
    AuditShadow.requireSame(next, catchUp.to(next, this::applyWithin));
    return TableComparison.of(connection, config.table(), ShadowTable.NAME);
  }

  /** From which its partitions were built. */
  private static Set<String> truths(Map<TopicPartition, Reached> reached) {
    Set<String> truths = new HashSet<>();
    for (Reached each : reached.values()) {
      @Nullable SourceSnapshot truth = each.truth();
      truths.add(truth == null ? "" : truth.text());
    }
    return truths;
  }

  /** The offsets are locked first: whoever applies events waits, and finds itself fenced then. */
  private void swap(Connection connection, SourceSnapshot truth, CatchUp catchUp)
      throws SQLException {
    Map<TopicPartition, Long> reached =
        catchUp.to(next(offsets.lock(connection)), this::applyWithin);
    table.replaceTarget(connection);
    offsets.reset(connection, reached, truth);
    resyncs.finish(connection);
  }

  private void applyWithin(List<IncomingEvent> events) {
    session.within(
        doing("catching up"), connection -> statement.apply(connection, payloads(events)));
  }

  private static Map<TopicPartition, Long> next(Map<TopicPartition, Reached> reached) {
    Map<TopicPartition, Long> next = new HashMap<>();
    reached.forEach((partition, each) -> next.put(partition, each.next()));
    return next;
  }

  private static List<Payload> payloads(List<IncomingEvent> events) {
    List<Payload> payloads = new ArrayList<>(events.size());
    for (IncomingEvent event : events) {
      try {
        payloads.add(Payload.of(event));
      } catch (PoisonEventException ignored) {
        // The projection itself has made it a dead letter, or will.
      }
    }
    return payloads;
  }

  private void run(String doing, Step step) {
    session.inTransaction(
        doing(doing),
        connection -> {
          step.in(connection);
          return true;
        });
  }

  private String doing(String what) {
    return what + " for summary '" + config.name() + "'";
  }

  @FunctionalInterface
  private interface Step {
    void in(Connection connection) throws SQLException;
  }
}
