package dev.puck.cli.demo;

import java.util.random.RandomGenerator;

/** What the crowd does to a message; as often as it is likely. */
enum Action {
  RETWEET("rt", 60),
  FAV("fav", 28),
  UNDO_RETWEET("de-rt", 8),
  UNDO_FAV("de-fav", 4);

  private static final int TOTAL_WEIGHT = 100;

  private final String label;
  private final int weight;

  Action(String label, int weight) {
    this.label = label;
    this.weight = weight;
  }

  /** Its value of the type {@code tweet.action_t}. */
  String label() {
    return label;
  }

  static Action next(RandomGenerator random) {
    int draw = random.nextInt(TOTAL_WEIGHT);
    for (Action action : values()) {
      draw -= action.weight;
      if (draw < 0) {
        return action;
      }
    }
    return RETWEET;
  }
}
