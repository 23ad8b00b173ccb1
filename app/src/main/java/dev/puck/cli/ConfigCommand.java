package dev.puck.cli;

import dev.puck.service.config.ConfigPrinter;
import dev.puck.service.config.ConfigReference;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code puck config}. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Checks a configuration and prints what holds, secrets hidden.",
    footer = {
      "",
      "Examples:",
      "  puck config --config puck.yaml   every setting that holds, or every problem",
      "  puck config --reference          all settings there are, as Markdown",
      "",
      "Exit code: 0 if the file is good, 2 if it is not."
    })
final class ConfigCommand implements Callable<Integer> {
  @Mixin private ConfigFile configFile = new ConfigFile();
  @Mixin private LogOptions logOptions = new LogOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--reference", description = "Print the reference of all settings instead.")
  private boolean reference;

  @Override
  public Integer call() {
    logOptions.configureCommand();
    String text =
        reference
            ? ConfigReference.markdown(PuckConfig.class)
            : ConfigPrinter.print(configFile.load());
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
