package dev.puck.consumer.job;

/** How a run ended. */
enum Outcome {
  SUCCEEDED("succeeded"),
  FAILED("failed"),
  CANCELLED("cancelled"),
  TIMED_OUT("timed-out"),
  /** Its process ended before it could say. */
  LOST("lost");

  private final String text;

  Outcome(String text) {
    this.text = text;
  }

  /** As in the history and in metrics. */
  String text() {
    return text;
  }
}
