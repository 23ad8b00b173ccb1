package dev.puck.lab.workload;

import java.util.Random;

/**
 * What an application does.
 *
 * @param messages how many it acts on, numbered from 1
 * @param history how many actions there were before
 * @param writers sessions that write at once
 * @param writesPerSecond transactions a second, where they come at a rate
 * @param readsPerSecond reads a second, where they come at a rate
 * @param hot what share of the actions is on the first message, from 0, where all messages are
 *     alike, to 1
 * @param actions in a transaction
 * @param isolation of the writers' transactions
 * @param seed decides what is done to which message
 */
public record Workload(
    int messages,
    int history,
    int writers,
    int writesPerSecond,
    int readsPerSecond,
    double hot,
    int actions,
    Isolation isolation,
    long seed) {
  public Workload {
    requireWithin("messages", messages, 1, 100_000);
    requireWithin("history", history, 0, 100_000_000);
    requireWithin("writers", writers, 1, 1_000);
    requireWithin("writes", writesPerSecond, 1, 1_000_000);
    requireWithin("reads", readsPerSecond, 1, 1_000_000);
    requireWithin("hot", hot, 0, 1);
    requireWithin("actions", actions, 1, 10_000);
  }

  /** Which message comes next. */
  public long message(Random random) {
    return random.nextDouble() < hot ? 1 : 1 + random.nextInt(messages);
  }

  /** The same with so many messages. */
  public Workload withMessages(int number) {
    return new Workload(
        number, history, writers, writesPerSecond, readsPerSecond, hot, actions, isolation, seed);
  }

  /** The message that only the staleness probe acts on, behind the others. */
  public long probed() {
    return messages + 1L;
  }

  private static void requireWithin(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s is %s; it must be between %s and %s"
              .formatted(what, plain(value), plain(least), plain(most)));
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
