package dev.puck.cli.demo.play;

import dev.puck.cli.SharedFile;

/** Plays that lie beside the project and are no part of it. */
final class SharedData {
  private SharedData() {}

  /** A Midsummer Night's Dream; a test that asks for it is skipped where it is absent. */
  static Play dream() {
    return Play.file(SharedFile.of("dream.xml"));
  }
}
