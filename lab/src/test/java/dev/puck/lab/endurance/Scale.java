package dev.puck.lab.endurance;

/** How long these tests take. */
enum Scale {
  /** As often as everything is built. */
  SHORT,

  /** As long as is promised: {@code -Pproof}. */
  LONG;

  /** The one that this run was asked for. */
  static Scale asked() {
    return "long".equals(System.getProperty("puck.endurance")) ? LONG : SHORT;
  }

  /** One of the two. */
  <T> T pick(T whenShort, T whenLong) {
    return this == SHORT ? whenShort : whenLong;
  }
}
