package dev.puck.bridge.source.wal;

import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.Origin;
import dev.puck.bridge.source.Relation;
import dev.puck.bridge.source.TransactionEnd;
import dev.puck.bridge.source.wal.pgoutput.Begin;
import dev.puck.bridge.source.wal.pgoutput.Commit;
import dev.puck.bridge.source.wal.pgoutput.Delete;
import dev.puck.bridge.source.wal.pgoutput.Insert;
import dev.puck.bridge.source.wal.pgoutput.LogicalMessage;
import dev.puck.bridge.source.wal.pgoutput.PgOutputMessage;
import dev.puck.bridge.source.wal.pgoutput.RelationDefinition;
import dev.puck.bridge.source.wal.pgoutput.Truncate;
import dev.puck.bridge.source.wal.pgoutput.Update;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Follows a stream of transactions, each of which comes whole and in the order of the commits, and
 * leaves out what was read before. Owned by one thread.
 */
final class Transactions {
  private final ChangeWriter writer;
  private final TransactionIds ids;
  private final WalPlace from;
  private final String database;
  private final long until;
  private final boolean isAloneRead;
  private final boolean areEndsTold;

  /** All before it was read; within a transaction, it says nothing of that one. */
  private long boundary;

  private Instant through;
  private boolean within;
  private long commitLsn;
  private Instant committed = Instant.EPOCH;
  private long xid;
  private String id = "";
  private long index;

  /**
   * @param from what comes before it is left out
   * @param until so are transactions whose commit record is there or later
   * @param isAloneRead whether messages are read that belong to no transaction
   * @param areEndsTold whether it is told where a transaction that has changes ends
   */
  Transactions(
      ChangeWriter writer,
      TransactionIds ids,
      WalPosition from,
      long until,
      boolean isAloneRead,
      boolean areEndsTold) {
    this.isAloneRead = isAloneRead;
    this.areEndsTold = areEndsTold;
    this.writer = writer;
    this.until = until;
    this.ids = ids;
    this.from = from.place();
    this.through = from.through();
    this.boundary = from.place().lsn();
    // Two timelines may have different changes at one place.
    this.database = from.database().system() + '.' + from.database().timeline() + ':';
  }

  /** Adds the changes that the message holds, unless they were read before. */
  void read(PgOutputMessage message, long lsn, List<Change> changes) throws SQLException {
    if (message instanceof Insert insert) {
      if (isNext()) {
        changes.add(writer.insert(insert, committed, origin(lsn)));
      }
    } else if (message instanceof Update update) {
      if (isNext()) {
        changes.add(writer.update(update, committed, origin(lsn)));
      }
    } else if (message instanceof Delete delete) {
      if (isNext()) {
        changes.add(writer.delete(delete, committed, origin(lsn)));
      }
    } else if (message instanceof Begin begin) {
      begin(begin);
    } else if (message instanceof Commit commit) {
      commit(commit, lsn, changes);
    } else if (message instanceof Truncate truncate) {
      truncate(truncate, lsn, changes);
    } else if (message instanceof LogicalMessage logical) {
      if (logical.transactional()) {
        message(logical, lsn, changes);
      } else if (isAloneRead) {
        messageAlone(logical, changes);
      }
    }
  }

  /** PostgreSQL says that it has sent all that was committed before. */
  void reached(long lsn, Instant moment) {
    if (!within && Lsn.isBefore(boundary, lsn)) {
      boundary = lsn;
      through = moment.isAfter(through) ? moment : through;
    }
  }

  /** Whether the latest transaction is not complete, and to be read. */
  boolean isWithin() {
    return within && !isOver();
  }

  /** Whether there is nothing more to read. */
  boolean isOver() {
    return !Lsn.isBefore(within ? commitLsn : boundary, until);
  }

  /** How far all was read. */
  WalPlace place() {
    WalPlace reached = isOver() ? WalPlace.at(until) : placeRead();
    return reached.compareTo(from) < 0 ? from : reached;
  }

  private WalPlace placeRead() {
    return within && index > 0 ? new WalPlace(commitLsn, index) : WalPlace.at(boundary);
  }

  /** What was committed before it was read. */
  Instant through() {
    return through;
  }

  private void begin(Begin begin) {
    within = true;
    commitLsn = begin.commitLsn();
    committed = Instant.EPOCH.plus(begin.committedMicros(), ChronoUnit.MICROS);
    xid = ids.full(begin.xid());
    id = database + Lsn.text(commitLsn) + ':';
    index = 0;
  }

  /** Also of one all of whose changes were read before: nobody can have gone on behind it. */
  private void commit(Commit commit, long lsn, List<Change> changes) {
    if (areEndsTold && index > 0 && !isOver() && !Lsn.isBefore(commitLsn, from.lsn())) {
      changes.add(new TransactionEnd(committed, origin(lsn)));
    }
    within = false;
    boundary = commit.endLsn();
    through = committed;
  }

  private void truncate(Truncate truncate, long lsn, List<Change> changes) {
    for (RelationDefinition each : truncate.relations()) {
      if (isNext()) {
        Relation relation = new Relation(each.schema(), each.name());
        changes.add(new dev.puck.bridge.source.Truncate(relation, null, committed, origin(lsn)));
      }
    }
  }

  /** Other people's count, too: which are ours must not change what an index means. */
  private void message(LogicalMessage message, long lsn, List<Change> changes) {
    if (isNext() && MessageFrame.isOurs(message.prefix())) {
      changes.add(MessageFrame.read(message.prefix(), message.content(), committed, origin(lsn)));
    }
  }

  /** What stands between transactions has its own place, which all is read before. */
  private void messageAlone(LogicalMessage message, List<Change> changes) {
    long end = message.lsn();
    boolean isBehind = Lsn.isBefore(until, end);
    if (within || isBehind || !Lsn.isBefore(from.lsn(), end)) {
      return;
    }
    boundary = end;
    if (MessageFrame.isOurs(message.prefix())) {
      Origin origin = new Origin(database + Lsn.text(end) + ":0", 0, end, null);
      changes.add(MessageFrame.read(message.prefix(), message.content(), Instant.now(), origin));
    }
  }

  /** Counts a change; whether it was not read before, and is to be read. */
  private boolean isNext() {
    index++;
    if (isOver()) {
      return false;
    }
    return Lsn.isBefore(from.lsn(), commitLsn) || (from.lsn() == commitLsn && index > from.index());
  }

  private Origin origin(long lsn) {
    return new Origin(id + index, xid, lsn, committed);
  }
}
