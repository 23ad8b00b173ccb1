package dev.puck.lab.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A child's side of the lines between it and its parent. Used by one thread. */
public final class ParentLine {
  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final PrintStream out =
      new PrintStream(System.out, /* autoFlush= */ true, StandardCharsets.UTF_8);

  /** Says one line to it. */
  public void tell(String line) {
    out.println(line);
  }

  /** The next line that it says; null when it wants an end, or is gone. */
  public @Nullable String next() {
    try {
      return in.readLine();
    } catch (IOException e) {
      return null;
    }
  }

  /** Returns when it wants an end, or is gone. */
  public void awaitEnd() {
    String line = next();
    while (line != null) {
      line = next();
    }
  }
}
