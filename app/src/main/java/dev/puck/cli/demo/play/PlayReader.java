package dev.puck.cli.demo.play;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a play speech by speech, wherever in it they are: acts, inductions, prologues, epilogues.
 *
 * <p>Holds one speech at a time. For one thread.
 */
public final class PlayReader implements AutoCloseable {
  /** Who says what the play gives to nobody, as the first prologue of Romeo and Juliet. */
  static final String UNNAMED_SPEAKER = "Chorus";

  /** The play's own title is in the root; those of the cast, the acts and the scenes are deeper. */
  private static final int TITLE_DEPTH = 2;

  private final Markup markup;
  private String title = "Untitled";
  private boolean atSpeech;

  private PlayReader(Markup markup) {
    this.markup = markup;
  }

  /**
   * Reads up to the first speech, so that the title is known.
   *
   * @param name what messages to the user call the play
   * @param input closed with the reader, or here when this fails
   * @throws PlayException when it cannot be read, or is not a play
   */
  static PlayReader open(String name, InputStream input) {
    PlayReader reader = new PlayReader(new Markup(name, input));
    try {
      reader.readFront();
      return reader;
    } catch (PlayException e) {
      try {
        reader.close();
      } catch (PlayException unclosed) {
        e.addSuppressed(unclosed);
      }
      throw e;
    }
  }

  /** The play's title, or "Untitled" where it has none before its first speech. */
  public String title() {
    return title;
  }

  /**
   * Reads the next speech; empty after the last one.
   *
   * @throws PlayException when the rest cannot be read, or is not a play
   */
  public Optional<Speech> next() {
    if (!atSpeech) {
      return Optional.empty();
    }
    Speech speech = readSpeech();
    advanceToSpeech();
    return Optional.of(speech);
  }

  @Override
  public void close() {
    markup.close();
  }

  private void readFront() {
    markup.nextTag();
    if (!markup.isStartOf("PLAY")) {
      throw markup.wrong("the root is <" + markup.element() + ">");
    }
    advanceToSpeech();
    if (!atSpeech) {
      throw markup.wrongAsAWhole("it has no <SPEECH>");
    }
  }

  private void advanceToSpeech() {
    atSpeech = false;
    while (!atSpeech && markup.nextTag()) {
      if (markup.isStartOf("SPEECH")) {
        atSpeech = true;
      } else if (markup.isStartOf("TITLE") && markup.depth() == TITLE_DEPTH) {
        title = markup.text();
      }
    }
  }

  private Speech readSpeech() {
    List<String> speakers = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    while (markup.nextTag() && !markup.isEndOf("SPEECH")) {
      if (markup.isStartOf("SPEAKER")) {
        addUnlessEmpty(speakers, markup.text());
      } else if (markup.isStartOf("LINE")) {
        addUnlessEmpty(lines, markup.text());
      } else if (markup.isStart()) {
        markup.skip();
      }
    }
    if (speakers.isEmpty()) {
      speakers.add(UNNAMED_SPEAKER);
    }
    return new Speech(speakers, lines);
  }

  /** A line can hold a stage direction and nothing else. */
  private static void addUnlessEmpty(List<String> texts, String text) {
    if (!text.isEmpty()) {
      texts.add(text);
    }
  }
}
