package dev.puck.lab.proof.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which faults happen, and in which order, by the seed alone. */
public final class Schedule {
  private static final int KILLS_FOR_EACH_FREEZE = 20;
  private static final int KILLS_FOR_EACH_LONG_FREEZE = 100;
  private static final int LONGEST_DELAY_MILLIS = 1_000;

  private Schedule() {}

  /** So many kills, and some that are frozen between them. */
  public static List<Fault> of(FaultPlan plan, long seed, int kills) {
    Random random = new Random(seed);
    List<FaultKind> kinds = new ArrayList<>(plan.first().stream().limit(kills).toList());
    while (kinds.size() < kills) {
      kinds.add(plan.then().get(random.nextInt(plan.then().size())));
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
