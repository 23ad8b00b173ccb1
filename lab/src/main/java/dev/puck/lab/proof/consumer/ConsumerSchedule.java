package dev.puck.lab.proof.consumer;

import dev.puck.lab.proof.consumer.ConsumerFault.Kind;
import dev.puck.lab.proof.consumer.judge.Layout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which faults happen, and in which order, by the seed alone. */
final class ConsumerSchedule {
  private static final int KILLS_FOR_EACH_FREEZE = 10;
  private static final int KILLS_FOR_EACH_OTHER = 20;
  private static final int LONGEST_DELAY_MILLIS = 1_000;
  private static final int MOST_PASSES = 10;

  /** One of each comes first, so that also a short run has them. */
  private static final List<Kind> FIRST =
      List.of(Kind.AT_APPLIED, Kind.REDIS, Kind.POSTGRES, Kind.AT_WRITTEN, Kind.AT_READ);

  private static final List<Kind> THEN =
      List.of(
          Kind.AT_RANDOM,
          Kind.AT_RANDOM,
          Kind.AT_RANDOM,
          Kind.AT_READ,
          Kind.AT_WRITTEN,
          Kind.AT_WRITTEN,
          Kind.AT_APPLIED,
          Kind.AT_APPLIED,
          Kind.REDIS,
          Kind.POSTGRES);

  private ConsumerSchedule() {}

  /** So many kills, and other faults between them. */
  static List<ConsumerFault> of(long seed, int kills) {
    Random random = new Random(seed);
    List<Kind> kinds = new ArrayList<>(FIRST.stream().limit(kills).toList());
    while (kinds.size() < kills) {
      kinds.add(THEN.get(random.nextInt(THEN.size())));
    }
    kinds.addAll(Collections.nCopies(roundUp(kills, KILLS_FOR_EACH_FREEZE), Kind.FREEZE));
    kinds.addAll(Collections.nCopies(kills / KILLS_FOR_EACH_OTHER, Kind.REDIS_FLUSH));
    kinds.addAll(Collections.nCopies(kills / KILLS_FOR_EACH_OTHER, Kind.SESSIONS));
    Collections.shuffle(kinds, random);
    return kinds.stream().map(kind -> fault(kind, random)).toList();
  }

  private static int roundUp(int kills, int every) {
    return (kills + every - 1) / every;
  }

  private static ConsumerFault fault(Kind kind, Random random) {
    List<String> projections = projections(kind);
    return new ConsumerFault(
        kind,
        random.nextInt(ConsumerTrial.CONSUMERS),
        projections.get(random.nextInt(projections.size())),
        1 + random.nextInt(MOST_PASSES),
        random.nextInt(LONGEST_DELAY_MILLIS),
        kind.kills() && random.nextInt(3) > 0);
  }

  private static List<String> projections(Kind kind) {
    return switch (kind) {
      case AT_WRITTEN -> List.of(Layout.REDIS_ACCOUNT);
      case FREEZE -> List.of(Layout.REDIS_ACCOUNT, Layout.SUMMARY);
      default ->
          List.of(
              Layout.REDIS_ACCOUNT,
              Layout.SUMMARY,
              Layout.SUMMARY,
              Layout.MEMORY_ACCOUNT,
              Layout.REDUCER);
    };
  }
}
