package dev.puck.bridge.changeover;

/** Hears what a switch does; from its thread. */
public interface SwitchProgress {
  /** It came so far. */
  void passed(SwitchStep step);

  /** It did something, or leaves something to do; a sentence. */
  void said(String what);

  /** It waits; called again and again, with a sentence. */
  void waiting(String what);
}
