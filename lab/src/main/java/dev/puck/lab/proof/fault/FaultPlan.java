package dev.puck.lab.proof.fault;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which kinds of faults a proof draws from.
 *
 * @param first one of each comes first, so that also a short run has them
 * @param then after these, each as likely as it is named: mostly the bridge
 */
public record FaultPlan(List<FaultKind> first, List<FaultKind> then) {
  private static final List<FaultKind> FIRST =
      List.of(
          FaultKind.AT_SENT,
          FaultKind.AT_COMMITTED,
          FaultKind.POSTGRES_AFTER_ROLLBACK,
          FaultKind.AT_COMMITTING,
          FaultKind.KAFKA,
          FaultKind.AT_RANDOM,
          FaultKind.AT_READ,
          FaultKind.AT_BEGUN);

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
          FaultKind.AT_RANDOM,
          FaultKind.AT_RANDOM,
          FaultKind.AT_RANDOM,
          FaultKind.AT_RANDOM,
          FaultKind.POSTGRES,
          FaultKind.POSTGRES_AFTER_ROLLBACK,
          FaultKind.KAFKA);

  public FaultPlan {
    first = List.copyOf(first);
    then = List.copyOf(then);
  }

  /** Those that can happen to every source, and these of its own, each as likely as it is named. */
  public static FaultPlan with(FaultKind... own) {
    return new FaultPlan(
        Stream.concat(Stream.of(own), FIRST.stream()).distinct().toList(),
        Stream.concat(THEN.stream(), Stream.of(own)).toList());
  }
}
