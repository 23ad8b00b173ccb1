package dev.puck.lab.proof;

import dev.puck.lab.proof.check.Finding;
import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Truth;
import dev.puck.lab.proof.history.Watched;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What became of a trial.
 *
 * @param truth what the topics should tell
 * @param seen what they tell
 * @param findings of every check, clean ones, too
 * @param watched while it happened
 * @param unexpectedEnds how many bridges ended that nobody had killed
 */
record Verdict(
    Truth truth, Sightings seen, List<Finding> findings, Watched watched, int unexpectedEnds) {
  Verdict {
    findings = List.copyOf(findings);
  }

  /** What that check counted. */
  long count(String check) {
    return findings.stream()
        .filter(finding -> finding.check().equals(check))
        .mapToLong(Finding::count)
        .sum();
  }

  boolean isClean() {
    return findings.stream().allMatch(Finding::isClean);
  }

  /** Changes and messages that the topics should tell. */
  int changes() {
    return truth.facts().size();
  }

  /** How many checkpoints were looked at. */
  int checkpoints() {
    return watched.checkpoints().size();
  }

  /** How often the slot was looked at. */
  int slots() {
    return watched.slots().size();
  }

  /** Writes both histories, and what is wrong, for a person to read. */
  void save(Path directory) {
    write(directory.resolve("truth.txt"), truth.facts());
    write(directory.resolve("topics.txt"), seen.records());
    write(directory.resolve("findings.txt"), findings);
  }

  private static void write(Path file, List<?> lines) {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Object line : lines) {
        out.write(line + "\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
