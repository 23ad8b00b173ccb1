package dev.puck.lab.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two of the cores that this process may use, to which processes can be pinned.
 *
 * @param all those that it may use, as {@code taskset} spells them
 * @param first the number of one
 * @param second the number of another
 */
public record Cores(String all, int first, int second) {
  /**
   * The first two.
   *
   * @return empty where {@code taskset} is missing, or a second core is
   */
  public static Optional<Cores> find() {
    Optional<String> said = run("taskset", "-cp", Long.toString(ProcessHandle.current().pid()));
    return said.flatMap(text -> parse(text.substring(text.lastIndexOf(':') + 1).strip()));
  }

  /** Those of a list such as {@code 0,2-4}; empty if that has but one. */
  static Optional<Cores> parse(String list) {
    List<Integer> cores = new ArrayList<>();
    for (String range : list.split(",", -1)) {
      String[] ends = range.split("-", -1);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int core = Integer.parseInt(ends[0]); core <= last && cores.size() < 2; core++) {
        cores.add(core);
      }
    }
    return cores.size() < 2
        ? Optional.empty()
        : Optional.of(new Cores(list, cores.get(0), cores.get(1)));
  }

  /** These processes, those that descend from them and those that will, run there only. */
  public void pin(int core, long... processIds) {
    pin(Integer.toString(core), processIds);
  }

  /** The same, anywhere. */
  public void release(long... processIds) {
    pin(all, processIds);
  }

  private static void pin(String cores, long... processIds) {
    for (long processId : processIds) {
      family(processId).forEach(each -> run("taskset", "-acp", cores, Long.toString(each)));
    }
  }

  /** The parent first: children that it makes meanwhile are pinned already. */
  private static Stream<Long> family(long processId) {
    return ProcessHandle.of(processId).stream()
        .flatMap(
            parent ->
                Stream.concat(
                    Stream.of(parent), Stream.of(parent).flatMap(ProcessHandle::descendants)))
        .map(ProcessHandle::pid);
  }

  /** What it said; empty if it is not there or failed, as for a process that has just ended. */
  private static Optional<String> run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("Interrupted while pinning", e));
    }
  }
}
