package dev.puck.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.service.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where what the lab found goes. */
final class LabOutput {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Writes the report there, as files; makes it if needed.")
  private @Nullable Path out;

  @Option(
      names = "--json",
      description = "The last line of standard output is the result as JSON; all else on error.")
  private boolean json;

  /** Null if nothing is to be written; checked before the run, and not after 45 minutes. */
  @Nullable Path directory() {
    @Nullable Path directory = out;
    if (directory != null) {
      requireWritable(directory);
    }
    return directory;
  }

  private static void requireWritable(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, "report", ".tmp"));
    } catch (IOException e) {
      throw new ConfigException(
          "--out " + directory + " cannot be written to (" + e + "); give another directory.");
    }
  }

  /** A file with that in it. */
  static void write(Path file, JsonNode result) throws IOException {
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result));
  }

  /** The result: for a person, and for a script if it was asked for. */
  void say(CommandSpec spec, List<String> lines, JsonNode result) {
    PrintWriter standard = spec.commandLine().getOut();
    PrintWriter text = json ? spec.commandLine().getErr() : standard;
    lines.forEach(each -> line(text, each));
    @Nullable Path directory = out;
    if (directory != null) {
      line(text, "Written to " + directory);
    }
    if (json) {
      line(standard, result.toString());
    }
  }

  /** One, at once. */
  static void line(PrintWriter writer, String line) {
    writer.println(line);
    writer.flush();
  }
}
