package dev.puck.lab.proof.history;

/**
 * A row, or a message's payload, as both sides spell it: equal rows have equal texts.
 *
 * @param text all columns in the table's order; long values by their hash
 * @param eid the number of the event that made it: every change has its own, but for those that
 *     change nothing
 */
public record Image(String text, long eid) {
  @Override
  public String toString() {
    return text;
  }
}
