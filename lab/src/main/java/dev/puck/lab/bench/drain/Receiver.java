package dev.puck.lab.bench.drain;

import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Slot;
import dev.puck.service.retry.TransientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Only receives what PostgreSQL decodes for a slot: {@code pg_recvlogical}, if it is there. */
final class Receiver {
  private final Optional<Path> program;

  private Receiver(Optional<Path> program) {
    this.program = program;
  }

  /**
   * Looks for the program: beside the server's, or where the system has its own.
   *
   * @param server PostgreSQL's first process
   */
  static Receiver find(long server) {
    return new Receiver(ReceiverProgram.find(server));
  }

  /** For a person. */
  String text() {
    return program
        .map(Path::toString)
        .orElse("no pg_recvlogical found; a reader by the JDBC driver that only receives");
  }

  /**
   * Receives, up to the end.
   *
   * @param end where the WAL of the backlog ends; more follows
   * @return nanoseconds, the connecting included
   */
  long receive(Slot slot, String end, Duration patience, Path log)
      throws SQLException, InterruptedException {
    long begin = System.nanoTime();
    if (program.isPresent()) {
      run(command(program.get(), slot, end), patience, log);
    } else {
      DriverReceiver.receive(slot, end);
    }
    return System.nanoTime() - begin;
  }

  private static List<String> command(Path program, Slot slot, String end) {
    Database database = slot.database();
    return List.of(
        program.toString(),
        "--host=127.0.0.1",
        "--port=" + database.postgres().port(),
        "--username=" + database.postgres().user(),
        "--dbname=" + database.name(),
        "--slot=" + slot.name(),
        "--start",
        "--no-loop",
        "--endpos=" + end,
        "--file=/dev/null",
        "--option=proto_version=1",
        "--option=publication_names=" + Slot.PUBLICATION,
        "--option=messages=true");
  }

  private static void run(List<String> command, Duration patience, Path log)
      throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      try {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new TransientException("pg_recvlogical took over " + patience.toSeconds() + " s");
        }
      } finally {
        process.destroyForcibly();
      }
      if (process.exitValue() != 0) {
        throw new TransientException("pg_recvlogical failed: " + Files.readString(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
