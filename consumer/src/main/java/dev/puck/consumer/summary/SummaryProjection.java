package dev.puck.consumer.summary;

import dev.puck.consumer.config.SummaryConfig;
import dev.puck.consumer.database.DownstreamDatabase;
import dev.puck.consumer.database.OffsetRepository;
import dev.puck.consumer.database.ResyncLog;
import dev.puck.consumer.projection.Applied;
import dev.puck.consumer.projection.AuditShadow;
import dev.puck.consumer.projection.Auditable;
import dev.puck.consumer.projection.DeadLetter;
import dev.puck.consumer.projection.DeadLetters;
import dev.puck.consumer.projection.EventBatch;
import dev.puck.consumer.projection.EventPlace;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.consumer.projection.ProjectionKind;
import dev.puck.consumer.projection.Reached;
import dev.puck.consumer.projection.Replayable;
import dev.puck.consumer.projection.Replayed;
import dev.puck.consumer.projection.Shadow;
import dev.puck.consumer.projection.StalledException;
import dev.puck.consumer.projection.Standing;
import dev.puck.consumer.projection.UnbuiltException;
import dev.puck.service.config.ConfigException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A table that one SQL statement keeps. Each batch is one transaction: the offsets move from the
 * values expected, the statement merges the events, both are committed. So every event is counted
 * once, whatever process dies or believes that it still owns a partition.
 *
 * <p>Owned by the thread of its subscription, but for what {@link Auditable} says.
 */
public final class SummaryProjection implements Auditable, Replayable {
  private final SummaryConfig config;
  private final DownstreamDatabase database;
  private final OffsetRepository offsets;
  private final ResyncLog resyncs;
  private final SummaryStatement statement;
  private final SummaryReplay replay;
  private final DeadLetters deadLetters;

  /** Where the database stood when we last heard: what it must still say when we write. */
  private final Map<TopicPartition, Reached> expected = new HashMap<>();

  public SummaryProjection(
      SummaryConfig config,
      DownstreamDatabase database,
      OffsetRepository offsets,
      ResyncLog resyncs,
      DeadLetters deadLetters) {
    this.config = config;
    this.database = database;
    this.offsets = offsets;
    this.resyncs = resyncs;
    this.statement = SummaryStatement.of(config);
    this.replay = new SummaryReplay(offsets, resyncs, statement);
    this.deadLetters = deadLetters;
  }

  /**
   * Asks the database whether it understands the statement.
   *
   * @throws ConfigException if it does not
   */
  public void check() {
    try {
      database.inTransaction(
          "the statement of summary '" + name() + "'",
          connection -> {
            statement.check(connection);
            return true;
          });
    } catch (StalledException e) {
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public ProjectionKind kind() {
    return ProjectionKind.SUMMARY;
  }

  @Override
  public Map<TopicPartition, Long> resume(
      Set<TopicPartition> partitions,
      Function<Set<TopicPartition>, Map<TopicPartition, Long>> beginnings) {
    Map<TopicPartition, Reached> stored = read();
    Set<TopicPartition> missing = new HashSet<>(partitions);
    missing.removeAll(stored.keySet());
    if (!missing.isEmpty()) {
      if (stored.isEmpty() && config.truth() != null) {
        throw new UnbuiltException("the first state of summary '" + name() + "' is being built");
      }
      insert(beginnings.apply(missing));
      stored = read();
    }
    stored.keySet().retainAll(partitions);
    expected.putAll(stored);
    Map<TopicPartition, Long> next = new HashMap<>();
    stored.forEach((partition, reached) -> next.put(partition, reached.next()));
    return next;
  }

  @Override
  public List<String> topics() {
    return config.topics();
  }

  @Override
  public boolean isUnbuilt() {
    return read().isEmpty();
  }

  @Override
  public long lastResync() {
    return database.inTransaction(
        "reading the resyncs of summary '" + name() + "'", resyncs::begun);
  }

  @Override
  public Optional<Shadow> beginResync(long since) {
    return SummaryShadow.begin(config, database.session(), offsets, resyncs, since);
  }

  @Override
  public AuditShadow beginAudit(boolean repair) {
    return SummaryShadow.audit(config, database.session(), offsets, resyncs, repair);
  }

  @Override
  public void release(Collection<TopicPartition> partitions) {
    expected.keySet().removeAll(partitions);
  }

  @Override
  public Applied apply(EventBatch batch) {
    List<DeadLetter> letters = new ArrayList<>();
    List<Payload> payloads = parse(lacking(batch.events()), letters);
    database.inTransaction(
        "applying events to summary '" + name() + "'",
        connection -> merge(connection, batch, payloads, letters));
    batch.next().forEach((partition, next) -> expected.compute(partition, moved(next)));
    return new Applied(batch.events().size() - letters.size(), letters.size());
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public Map<EventPlace, Standing> standing(Collection<EventPlace> places) {
    return database.inTransaction(
        "reading the dead letters of summary '" + name() + "'",
        connection -> offsets.setAside().read(connection, places));
  }

  @Override
  public Replayed replay(IncomingEvent event) {
    return database.inTransaction(
        "replaying a dead letter to summary '" + name() + "'",
        connection -> replay.run(connection, event));
  }

  private boolean merge(
      Connection connection, EventBatch batch, List<Payload> payloads, List<DeadLetter> letters)
      throws SQLException {
    // First of all: it locks the rows of our partitions, and whoever lost them goes no further.
    offsets.advance(connection, expected, batch.next());
    new BisectingStatement(statement)
        .apply(connection, payloads)
        .forEach(
            refused -> letters.add(DeadLetter.of(this, refused.payload().event(), refused.why())));
    if (!letters.isEmpty()) {
      // Before the commit: a dead letter may come twice, but is never lost.
      deadLetters.send(letters);
      offsets
          .setAside()
          .add(connection, letters.stream().map(each -> EventPlace.of(each.event())).toList());
    }
    return true;
  }

  private List<Payload> parse(List<IncomingEvent> events, List<DeadLetter> letters) {
    List<Payload> payloads = new ArrayList<>(events.size());
    for (IncomingEvent event : events) {
      try {
        payloads.add(statement.payload(event));
      } catch (PoisonEventException e) {
        letters.add(DeadLetter.of(this, event, e));
      }
    }
    return payloads;
  }

  /** Without those that the truth had already from which the summary was built. */
  private List<IncomingEvent> lacking(List<IncomingEvent> events) {
    List<IncomingEvent> lacking = new ArrayList<>(events.size());
    for (IncomingEvent event : events) {
      @Nullable Reached reached = expected.get(event.partition());
      if (reached == null || !reached.has(event)) {
        lacking.add(event);
      }
    }
    return lacking;
  }

  private static BiFunction<TopicPartition, @Nullable Reached, Reached> moved(long next) {
    return (partition, before) -> before == null ? new Reached(next, null) : before.at(next);
  }

  private Map<TopicPartition, Reached> read() {
    return database.inTransaction("reading the offsets of summary '" + name() + "'", offsets::read);
  }

  private void insert(Map<TopicPartition, Long> beginnings) {
    database.inTransaction(
        "storing the offsets of summary '" + name() + "'",
        connection -> {
          offsets.setAside().forgetUnread(connection, beginnings.keySet());
          offsets.insert(connection, beginnings);
          return true;
        });
  }
}
