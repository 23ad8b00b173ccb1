package dev.puck.lab.proof.workload;

import java.sql.SQLException;
import java.util.List;

/**
 * What the writers do, and how fast.
 *
 * @param writers connections with short and middling transactions
 * @param lateWriters connections whose transactions begin early and commit late
 * @param stepsPerSecond all writers together
 * @param steps what they choose from, each as likely as it is often named
 * @param prepares whether some transactions are committed in two phases
 */
public record Mix(
    int writers, int lateWriters, int stepsPerSecond, List<Step> steps, boolean prepares) {
  /** All that an application may do. */
  public static final Mix ALL =
      new Mix(
          4,
          2,
          120,
          List.of(
              Step.UPSERT,
              Step.UPSERT,
              Step.UPSERT,
              Step.CHANGE_MANY,
              Step.CHANGE_NOTHING,
              Step.REINSERT,
              Step.INSERT,
              Step.INSERT,
              Step.CHANGE_KEY,
              Step.DELETE,
              Step.NEST,
              Step.MOVE,
              Step.MOVE,
              Step.EMPTY,
              Step.COPY,
              Step.JOURNAL,
              Step.LARGE,
              Step.KEYED,
              Step.PUBLISH,
              Step.PUBLISH),
          true);

  public Mix {
    steps = List.copyOf(steps);
  }

  /** Only this, by so many writers of both kinds. */
  public static Mix only(int writers, int lateWriters, Step... steps) {
    return new Mix(writers, lateWriters, 200, List.of(steps), false);
  }

  /** Nothing but what the trial itself does. */
  public static Mix nothing() {
    return new Mix(0, 0, 1, List.of(), false);
  }

  /** A statement or a few of a transaction. */
  public enum Step {
    UPSERT(Steps::upsert),
    CHANGE_MANY(Steps::changeMany),
    CHANGE_NOTHING(Steps::changeNothing),
    REINSERT(Steps::reinsert),
    INSERT(Steps::insert),
    CHANGE_KEY(Steps::changeKey),
    DELETE(Steps::delete),
    NEST(Steps::nest),
    MOVE(Steps::move),
    EMPTY(Steps::empty),
    COPY(Steps::copy),
    JOURNAL(Steps::journal),
    LARGE(Steps::large),
    KEYED(Steps::keyed),
    PUBLISH(Steps::publish);

    @SuppressWarnings("ImmutableEnumChecker") // Method references, which hold nothing.
    private final Action action;

    Step(Action action) {
      this.action = action;
    }

    void run(Session session) throws SQLException {
      action.run(session);
    }
  }

  private interface Action {
    void run(Session session) throws SQLException;
  }
}
