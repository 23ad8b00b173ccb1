package dev.puck.lab.proof.history;

import java.util.List;
import java.util.Map;

/**
 * What the topics must tell.
 *
 * @param facts all captured changes and messages, in the order of the commits and, within a
 *     transaction, of the changes
 * @param tables the watched ones, by name
 * @param commits where the commit of each transaction ends in the WAL, by its id
 * @param commitOrder whether all records of a partition must come in the order of the facts, and
 *     not only those of one key
 */
public record Truth(
    List<Fact> facts,
    Map<String, TableTruth> tables,
    Map<Long, Long> commits,
    boolean commitOrder) {
  public Truth {
    facts = List.copyOf(facts);
    tables = Map.copyOf(tables);
    commits = Map.copyOf(commits);
  }

  /**
   * What is known of one table.
   *
   * @param shape what it looks like
   * @param wholeRows whether rows before their changes are told whole
   * @param atWatch its rows by key when it was watched: its starting state
   * @param atEnd its rows by key when all was over
   */
  public record TableTruth(
      Shape shape, boolean wholeRows, Map<String, Image> atWatch, Map<String, Image> atEnd) {
    public TableTruth {
      atWatch = Map.copyOf(atWatch);
      atEnd = Map.copyOf(atEnd);
    }
  }
}
