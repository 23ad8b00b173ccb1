package dev.puck.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Sends the signals that Java has no method for. */
final class Signals {
  private Signals() {}

  /** Sends one signal, named as {@code kill -s} names it, to processes of ours. */
  static void send(String signal, Collection<ProcessHandle> processes) {
    List<String> command = new ArrayList<>();
    // The shell's own kill: the program of that name is not on every machine.
    command.addAll(List.of("/bin/sh", "-c", "kill -s \"$@\"", "kill", signal));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new ServerException("Cannot send " + signal + " to " + processes, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerException("Interrupted while sending " + signal, e);
    }
  }
}
