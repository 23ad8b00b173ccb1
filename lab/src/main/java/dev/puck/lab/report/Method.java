package dev.puck.lab.report;

/** How it was measured, for a person. */
final class Method {
  private static final String TURNS =
      """
      First writers write as fast as they can, and what that costs is counted until all of it shows;
      then readers read as fast as they can; then both come at the given rates (an open loop: a
      stall counts for all that were due meanwhile), while a probe writes %s of its own and looks
      until that shows. When all is quiet, %s compared with the truth.
      """;

  private static final String TWEETS =
      """
      Every strategy has a database of its own with the same messages and the same history, on one
      PostgreSQL that flushes each commit to the disk.
      """
          + TURNS.formatted("a message", "every counter is")
          + """
      What brings changes from outside of the writer's transaction is then kept without connections
      for a while as writers go on, and at last ended and started again.
      """;

  private static final String OWN =
      """
      Every strategy has a schema of its own in your database, with new copies of the tables that
      are written, unless these were written in place.
      """
          + TURNS.formatted("a key", "up to 500 keys are")
          + """
      Which processes work is not known there, so that a cost is the sessions that work or wait at a
      time. Whoever else uses the database is a part of all numbers.
      """;

  private Method() {}

  static String of(LabReport report) {
    return report.isOwn() ? OWN : TWEETS;
  }
}
