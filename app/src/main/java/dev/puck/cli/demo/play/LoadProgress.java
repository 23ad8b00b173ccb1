package dev.puck.cli.demo.play;

/** Hears how far the loading of a play is; called by the loading thread, so it returns quickly. */
@FunctionalInterface
public interface LoadProgress {
  /** Tells nobody. */
  LoadProgress NONE = (tweets, total) -> {};

  /**
   * Called after each batch, and so at least once for every play.
   *
   * @param tweets how many are written so far; others see them at the end, all at once
   * @param total how many there will be
   */
  void loaded(int tweets, int total);
}
