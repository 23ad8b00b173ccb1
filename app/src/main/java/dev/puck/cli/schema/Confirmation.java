package dev.puck.cli.schema;

import dev.puck.service.config.ConfigException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Asks whether something shall really be done. */
@FunctionalInterface
public interface Confirmation {
  /** Somebody has said so on the command line. */
  Confirmation GIVEN = question -> true;

  /** There is nobody to ask. */
  Confirmation IMPOSSIBLE =
      question -> {
        throw new ConfigException(question + " There is no terminal to ask at; if so, add: --yes");
      };

  /**
   * Whether the answer is yes; may wait for somebody to give it.
   *
   * @throws ConfigException if there is nobody to ask
   */
  boolean isGivenFor(String question);

  /** Asks by {@code out} and takes the answer from {@code in}. */
  static Confirmation by(Reader in, PrintWriter out) {
    return question -> {
      out.print(question + " Type yes to go on: ");
      out.flush();
      try {
        @Nullable String answer = new BufferedReader(in).readLine();
        return answer != null && answer.strip().equalsIgnoreCase("yes");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
