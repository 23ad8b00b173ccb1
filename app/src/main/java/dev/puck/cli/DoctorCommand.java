package dev.puck.cli;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.doctor.Doctor;
import dev.puck.bridge.doctor.Report;
import dev.puck.cli.doctor.ReportJson;
import dev.puck.cli.doctor.ReportText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code puck doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Checks everything that the bridge needs, in PostgreSQL and in Kafka, and says how to mend"
            + " what it finds. Changes nothing; a running bridge does not mind.",
    footer = {
      "",
      "Examples:",
      "  puck doctor                        bridge and cluster from puck.yaml",
      "  puck doctor --json | jq .checks    one line, for a script",
      "",
      "Exit code: 0 if there is no problem (notes are none), 1 if there is one, 2 if the"
          + " configuration must change. See docs/doctor.md."
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private ConfigFile configFile = new ConfigFile();
  @Mixin private LogOptions logOptions = new LogOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "One line of JSON instead.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    logOptions.configureCommand();
    PuckConfig config = configFile.load();
    BridgeConfig section = configFile.require(config.bridge(), "bridge");
    Report report = new Doctor(section, config.kafka()).examine();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(ReportJson.of(report));
    } else {
      ReportText.print(report, out);
    }
    out.flush();
    return report.isHealthy() ? ExitCode.OK : ExitCode.FAILURE;
  }
}
