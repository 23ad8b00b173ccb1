package dev.puck.lab.proof.consumer;

import java.nio.file.Path;
import java.sql.SQLException;

/** Tries one sabotage, each time provoked more, until a check notices or it was tried enough. */
final class ConsumerControlRun {
  private static final int MOST_ATTEMPTS = 4;

  private final ConsumerControl control;
  private final ConsumerOptions options;
  private final ConsumerServers servers;
  private final Path directory;

  ConsumerControlRun(
      ConsumerControl control, ConsumerOptions options, ConsumerServers servers, Path directory) {
    this.control = control;
    this.options = options;
    this.servers = servers;
    this.directory = directory;
  }

  /** How often it was noticed; 0 if it was not. */
  long run() throws SQLException, InterruptedException {
    long caught = 0;
    for (int attempt = 1; attempt <= MOST_ATTEMPTS && caught == 0; attempt++) {
      caught = attempt(attempt);
    }
    return caught;
  }

  private long attempt(int number) throws SQLException, InterruptedException {
    String name = control.name().replace('-', '_') + '_' + number;
    try (ConsumerTrial trial =
        ConsumerTrial.begin(
            name, control.sabotage(), options.seed() + number, servers, directory)) {
      for (int time = 0; time < number; time++) {
        ConsumerFaultRunner.Overcome unused =
            new ConsumerFaultRunner(servers, trial).run(control.provocation());
      }
      return trial.verdict().count(control.checks());
    }
  }
}
