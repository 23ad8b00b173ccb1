package dev.puck.cli;

import dev.puck.cli.demo.play.PlayException;
import dev.puck.embedded.ServerException;
import dev.puck.service.config.ConfigException;
import dev.puck.service.http.PortInUseException;
import dev.puck.service.retry.TransientException;
import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what went wrong, and with which exit code; a stack trace only on demand. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("puck: " + e.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof InterruptedException) {
      return ExitCode.INTERRUPTED;
    }
    if (e instanceof ConfigException config) {
      config.problems().forEach(problem -> err.println("puck: " + problem));
    } else if (isExpected(e)) {
      err.println("puck: " + firstLine(e));
    } else {
      err.println("puck: this is a fault in Puck: " + e + ". Run it with --verbose for the trace.");
    }
    if (isVerbose(parsed)) {
      e.printStackTrace(err);
    }
    return e instanceof ConfigException || e instanceof PlayException
        ? ExitCode.USAGE
        : ExitCode.FAILURE;
  }

  private static boolean isExpected(Exception e) {
    return e instanceof TransientException
        || e instanceof PlayException
        || e instanceof PortInUseException
        || e instanceof ServerException;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static boolean isVerbose(ParseResult parsed) {
    return parsed.expandedArgs().stream().anyMatch(Arrays.asList("--verbose", "-v")::contains);
  }
}
