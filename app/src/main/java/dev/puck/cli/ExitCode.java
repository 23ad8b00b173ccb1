package dev.puck.cli;

/** What the process ends with. */
public final class ExitCode {
  /** It did what was asked. */
  public static final int OK = 0;

  /** It failed: something was away, or a check did not hold. */
  public static final int FAILURE = 1;

  /** It was not asked rightly: the command line or the configuration must change. */
  public static final int USAGE = 2;

  /** It was ended by Ctrl-C, as shells report it. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
