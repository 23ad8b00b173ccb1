package dev.puck.cli.demo.play;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a play beforehand. Most plays are not known, and load as well.
 *
 * @param users path of the script that makes its users, where it has one
 * @param misprints speakers as its file misprints them, in upper case, and who is meant
 */
record KnownPlay(Optional<String> users, Map<String, String> misprints) {
  private static final KnownPlay UNKNOWN = new KnownPlay(Optional.empty(), Map.of());

  /** Its file gives one speech of Hermia's, in act III, scene 2, to HERNIA. */
  private static final KnownPlay DREAM =
      new KnownPlay(Optional.of("/sql/tweet/dream-users.sql"), Map.of("HERNIA", "HERMIA"));

  private static final Map<String, KnownPlay> BY_TITLE = Map.of("A MIDSUMMER NIGHT'S DREAM", DREAM);

  KnownPlay {
    misprints = Map.copyOf(misprints);
  }

  /** What is known of the play with this title, without regard to case. */
  static KnownPlay titled(String title) {
    return BY_TITLE.getOrDefault(title.toUpperCase(Locale.ROOT), UNKNOWN);
  }

  /** Who is meant by a speaker's name. */
  String corrected(String speaker) {
    return misprints.getOrDefault(speaker.toUpperCase(Locale.ROOT), speaker);
  }
}
