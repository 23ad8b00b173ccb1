package dev.puck.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether a process still runs. */
final class ProcessState {
  private ProcessState() {}

  /**
   * Whether the process is gone. One that ended but that nobody waited for is gone: where the first
   * process of a container is no init, orphans stay in that state for ever.
   */
  static boolean isGone(ProcessHandle process) {
    return !process.isAlive() || isZombie(process.pid());
  }

  /** As {@link #isGone(ProcessHandle)}, by number. */
  static boolean isGone(long processId) {
    return ProcessHandle.of(processId).map(ProcessState::isGone).orElse(true);
  }

  private static boolean isZombie(long processId) {
    Path stat = Path.of("/proc", Long.toString(processId), "stat");
    try {
      String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
      // "42 (the name, which may hold anything) Z ..."
      return line.startsWith("Z", line.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false; // gone between the two questions, or a system without /proc
    }
  }
}
