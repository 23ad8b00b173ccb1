package dev.puck.consumer.job;

import org.jspecify.annotations.Nullable;

/**
 * What a run did.
 *
 * @param rows written or read, or in the view; null unless it succeeded
 * @param sqlstate null if PostgreSQL did not say
 * @param error null if it succeeded
 * @param note null if there is nothing to note
 */
record Result(
    Outcome outcome,
    @Nullable Long rows,
    @Nullable String sqlstate,
    @Nullable String error,
    @Nullable String note) {
  static Result succeeded(long rows, @Nullable String note) {
    return new Result(Outcome.SUCCEEDED, rows, null, null, note);
  }

  static Result ended(Outcome outcome, @Nullable String sqlstate, String error) {
    return new Result(outcome, null, sqlstate, error, null);
  }
}
