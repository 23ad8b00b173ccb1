package dev.puck.lab.proof.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which faults happen, and in which order, by the seed alone. */
public final class Schedule {
  /** Of every ten kills' kinds one, so that also a short run has them all. */
  private static final List<FaultKind> FIRST =
      List.of(
          FaultKind.AT_SENT,
          FaultKind.AT_COMMITTED,
          FaultKind.AT_STARTING_STATE,
          FaultKind.POSTGRES_AFTER_ROLLBACK,
          FaultKind.AT_COMMITTING,
          FaultKind.KAFKA,
          FaultKind.AT_ROTATING,
          FaultKind.AT_RANDOM,
          FaultKind.AT_READ,
          FaultKind.AT_BEGUN);

  /** After these, each as likely as it is named: mostly the bridge. */
  private static final List<FaultKind> THEN =
      List.of(
          FaultKind.AT_READ,
          FaultKind.AT_READ,
          FaultKind.AT_BEGUN,
          FaultKind.AT_BEGUN,
          FaultKind.AT_SENT,
          FaultKind.AT_SENT,
          FaultKind.AT_SENT,
          FaultKind.AT_SENT,
          FaultKind.AT_COMMITTING,
          FaultKind.AT_COMMITTING,
          FaultKind.AT_COMMITTING,
          FaultKind.AT_COMMITTED,
          FaultKind.AT_COMMITTED,
          FaultKind.AT_COMMITTED,
          FaultKind.AT_ROTATING,
          FaultKind.AT_ROTATING,
          FaultKind.AT_STARTING_STATE,
          FaultKind.AT_RANDOM,
          FaultKind.AT_RANDOM,
          FaultKind.AT_RANDOM,
          FaultKind.AT_RANDOM,
          FaultKind.POSTGRES,
          FaultKind.POSTGRES_AFTER_ROLLBACK,
          FaultKind.KAFKA);

  private static final int KILLS_FOR_EACH_FREEZE = 20;
  private static final int KILLS_FOR_EACH_LONG_FREEZE = 100;
  private static final int LONGEST_DELAY_MILLIS = 1_000;

  private Schedule() {}

  /** So many kills, and some that are frozen between them. */
  public static List<Fault> of(long seed, int kills) {
    Random random = new Random(seed);
    List<FaultKind> kinds = new ArrayList<>(FIRST.subList(0, Math.min(kills, FIRST.size())));
    while (kinds.size() < kills) {
      kinds.add(THEN.get(random.nextInt(THEN.size())));
    }
    kinds.addAll(Collections.nCopies(freezes(kills, KILLS_FOR_EACH_FREEZE), FaultKind.FREEZE));
    kinds.addAll(Collections.nCopies(kills / KILLS_FOR_EACH_LONG_FREEZE, FaultKind.LONG_FREEZE));
    Collections.shuffle(kinds, random);
    return kinds.stream().map(kind -> fault(kind, random)).toList();
  }

  private static int freezes(int kills, int every) {
    return (kills + every - 1) / every;
  }

  private static Fault fault(FaultKind kind, Random random) {
    return new Fault(
        kind,
        !kind.kills() || random.nextBoolean(),
        1 + random.nextInt(kind.mostPasses()),
        random.nextInt(LONGEST_DELAY_MILLIS));
  }
}
