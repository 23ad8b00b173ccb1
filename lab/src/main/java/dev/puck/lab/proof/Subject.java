package dev.puck.lab.proof;

import dev.puck.lab.proof.fault.FaultPlan;
import dev.puck.lab.proof.history.Capture;
import dev.puck.lab.proof.history.Coverage;
import dev.puck.lab.proof.observer.Slot;
import dev.puck.lab.proof.workload.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What is proved: a bridge with one source, and what is particular to that. */
public interface Subject {
  /** Prepares a new database for the bridge, and for what {@link #capture} says. */
  void install(Database database, Setting setting) throws SQLException;

  /** What is particular in the section {@code bridge} of its configuration, in YAML. */
  String bridgeConfig();

  /** How tables are captured, and what comes of it. */
  Capture capture();

  /** Which transactions a checkpoint covers, by its text; fewer if that is not easily told. */
  Coverage coverage(String checkpoint);

  /** The slot that the bridge of that name reads; empty if it reads none. */
  default Optional<Slot> slot(String bridge) {
    return Optional.empty();
  }

  /** What can happen to the bridge and its servers. */
  FaultPlan faults();

  /** Every sabotage that must be noticed. */
  List<Control> controls();

  /**
   * Where a bridge works.
   *
   * @param name the bridge's
   * @param url of the database
   * @param bootstrapServers of Kafka
   * @param topicPrefix what its topics' names begin with
   * @param transactionTopic where it tells of transactions
   */
  record Setting(
      String name,
      String url,
      String bootstrapServers,
      String topicPrefix,
      String transactionTopic) {
    /** The configuration file of that subject's bridge, in YAML. */
    public String config(Subject subject) {
      return """
      kafka:
        bootstrap-servers: %s
      bridge:
        name: %s
        postgres:
          url: %s
          user: postgres
        delivery: exactly-once
        topics:
          prefix: %s
          partitions: 3
          transaction: %s
        http:
          port: 0
      """
              .formatted(bootstrapServers, name, url, topicPrefix, transactionTopic)
          + subject.bridgeConfig().indent(2);
    }
  }
}
