package dev.puck.lab.bench.load;

import dev.puck.lab.process.ParentLine;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a process that runs closed loads, so that the writers can be pinned apart from
 * the rest of the bench. Each line of standard input is one load, each of output its outcome.
 */
final class LoadMain {
  static final String OUTCOME = "committed ";

  private LoadMain() {}

  /** Takes PostgreSQL's port, and the database. */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    ParentLine parent = new ParentLine();
    @Nullable String line = parent.next();
    while (line != null) {
      String[] words = line.split(" ", -1);
      try (ClosedLoad load =
          new ClosedLoad(
              port,
              arguments[1],
              Sale.insertInto(words[0]),
              Integer.parseInt(words[1]),
              Long.parseLong(words[2]))) {
        ClosedLoad.Outcome outcome = load.run(millis(words[3]), millis(words[4]));
        parent.tell(OUTCOME + outcome.committed() + " " + outcome.nanos() + " " + outcome.nextId());
      }
      line = parent.next();
    }
  }

  private static Duration millis(String number) {
    return Duration.ofMillis(Long.parseLong(number));
  }
}
