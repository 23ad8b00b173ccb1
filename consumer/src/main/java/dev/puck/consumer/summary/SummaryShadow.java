package dev.puck.consumer.summary;

import dev.puck.consumer.config.SummaryConfig;
import dev.puck.consumer.database.OffsetRepository;
import dev.puck.consumer.database.ResyncLog;
import dev.puck.consumer.database.Session;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.consumer.projection.Reached;
import dev.puck.consumer.projection.Shadow;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.service.retry.TransientException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * A summary being built anew, in a temporary table of a session that also holds the lock against
 * others that would build it: when the process dies, nothing is left.
 */
final class SummaryShadow implements Shadow {
  private final SummaryConfig config;
  private final Session session;
  private final OffsetRepository offsets;
  private final ResyncLog resyncs;
  private final ShadowTable table;
  private final BisectingStatement statement;

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
  public void swap(SourceSnapshot truth, CatchUp catchUp) {
    run("analyzing", table::analyze);
    run("the swap", connection -> swap(connection, truth, catchUp));
  }

  @Override
  public void close() {
    session.close();
  }

  private boolean begin(Connection connection, long since) throws SQLException {
    if (!resyncs.tryLock(connection)) {
      throw new TransientException(
          "Another process is building the summary '" + config.name() + "'; waiting for it.");
    }
    if (resyncs.finished(connection) > since) {
      return false;
    }
    resyncs.begin(connection);
    table.create(connection);
    return true;
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
    return what + " for a resync of summary '" + config.name() + "'";
  }

  @FunctionalInterface
  private interface Step {
    void in(Connection connection) throws SQLException;
  }
}
