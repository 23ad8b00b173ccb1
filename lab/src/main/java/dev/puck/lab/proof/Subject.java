package dev.puck.lab.proof;

import dev.puck.lab.proof.workload.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongPredicate;

/** What is proved: a bridge with one source, and what is particular to that. */
public interface Subject {
  /** Prepares a new database for the bridge and for {@code puck.watch} and {@code puck.publish}. */
  void install(Database database) throws SQLException;

  /** The configuration file of a bridge, in YAML. */
  String config(Setting setting);

  /** Which transactions a checkpoint covers, by its text; fewer if that is not easily told. */
  LongPredicate coverage(String checkpoint);

  /** Every sabotage that must be noticed. */
  List<Control> controls();

  /**
   * Where a bridge works.
   *
   * @param name the bridge's
   * @param url of the database
   * @param bootstrapServers of Kafka
   * @param topicPrefix what its topics' names begin with
   */
  record Setting(String name, String url, String bootstrapServers, String topicPrefix) {}
}
