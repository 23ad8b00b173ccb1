package dev.puck.bridge.milestone;

/** Hears of each milestone, in the thread that passes it and before it goes on. Must be quick. */
@FunctionalInterface
public interface Milestones {
  /** Hears nothing. */
  Milestones UNHEARD = milestone -> {};

  void passed(Milestone milestone);
}
