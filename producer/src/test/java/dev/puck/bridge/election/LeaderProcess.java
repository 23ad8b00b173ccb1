package dev.puck.bridge.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.retry.TransientException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/** A leader in a process of its own, to be stopped: it says that it leads, and again when asked. */
final class LeaderProcess implements AutoCloseable {
  static final String BRIDGE = "frozen";

  private final Process process;
  private final BufferedReader output;
  private final Writer input;

  private LeaderProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
    this.input = process.outputWriter();
  }

  static LeaderProcess start(String url, String user) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new LeaderProcess(
        new ProcessBuilder(
                List.of(
                    java,
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LeaderProcess.class.getName(),
                    url,
                    user))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  public static void main(String[] arguments) {
    Postgres postgres =
        new Postgres(new PostgresConfig(arguments[0], arguments[1], null), "frozen leader");
    try (Leadership leadership = Leadership.tryAcquire(postgres, BRIDGE).orElseThrow()) {
      leadership.confirm();
      System.out.println("leads");
      while (System.in.read() >= 0) {
        System.out.println(answer(leadership));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String answer(Leadership leadership) {
    try {
      leadership.confirm();
      return "leads";
    } catch (TransientException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** What it said next; waits for it. */
  String read() throws IOException {
    return String.valueOf(output.readLine());
  }

  /** Asks whether it leads; a stopped one hears it when it goes on. */
  void ask() throws IOException {
    input.write('?');
    input.flush();
  }

  /** Sends it a signal, such as {@code STOP}. */
  void signal(String name) throws IOException, InterruptedException {
    // The shell's own kill: the program of that name is not on every machine.
    String command = "kill -s " + name + " " + process.pid();
    assertThat(new ProcessBuilder("/bin/sh", "-c", command).start().waitFor()).isZero();
  }

  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
  }
}
