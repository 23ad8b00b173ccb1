package dev.puck.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code puck} itself: it only has subcommands. */
@Command(
    name = "puck",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Carries PostgreSQL changes to Kafka, and keeps the caches at the other end fresh.",
    subcommands = {
      DemoCommand.class,
      TrafficCommand.class,
      InitCommand.class,
      WatchCommand.class,
      UnwatchCommand.class,
      BridgeCommand.class,
      ConsumeCommand.class,
      ResyncCommand.class,
      AuditCommand.class,
      CheckpointCommand.class,
      SwitchCommand.class,
      DeadLettersCommand.class,
      TailCommand.class,
      DoctorCommand.class,
      ConfigCommand.class,
      ProveCommand.class,
      BenchCommand.class,
      LabCommand.class,
      UninstallCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  puck demo                        everything at once, with servers of its own",
      "  puck init --config puck.yaml     install the outbox in the database",
      "  puck watch shop.sale             capture a table's changes there",
      "  puck doctor                      check what the bridge needs on both ends",
      "  puck bridge --config puck.yaml   relay notifications to Kafka",
      "  puck switch --to wal             move a bridge from the outbox to the WAL",
      "  puck consume --config puck.yaml  keep caches and summaries",
      "  puck prove outbox                try to refute that nothing is lost or repeated",
      "  puck help demo                   what one command takes"
    })
final class PuckCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given; try 'puck demo', or 'puck --help' for all of them");
  }
}
