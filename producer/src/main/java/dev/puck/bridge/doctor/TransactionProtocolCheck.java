package dev.puck.bridge.doctor;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.Delivery;
import dev.puck.bridge.config.SourceType;

/**
 * Transactions run with protocol 2: with the older one a late message of a killed bridge may end up
 * in its successor's transaction, or leave one open for ever.
 */
final class TransactionProtocolCheck implements Check<Cluster> {
  static final String FEATURE = "transaction.version";
  private static final int LEAST = 2;

  private final boolean needed;

  TransactionProtocolCheck(BridgeConfig config) {
    this.needed =
        config.source() != SourceType.NOTIFY && config.delivery() == Delivery.EXACTLY_ONCE;
  }

  @Override
  public String name() {
    return "transaction-protocol";
  }

  @Override
  public void look(Cluster cluster, Findings findings) throws InterruptedException {
    int level = cluster.feature(FEATURE).orElse((short) 0);
    findings.saw(FEATURE + " " + level);
    if (level >= LEAST) {
      return;
    }
    String fix =
        "Once all brokers are Kafka 4.0 or newer: kafka-features.sh --bootstrap-server "
            + cluster.address()
            + " upgrade --feature transaction.version=2";
    if (needed) {
      findings.problem(
          "transaction.version is %d: after a crash, a late message may break exactly-once, or"
                  .formatted(level)
              + " hold back all readers.",
          fix);
    } else {
      findings.note(
          "transaction.version is %d; exactly-once from the outbox needs 2.".formatted(level), fix);
    }
  }
}
