package dev.puck.cli.demo.play;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The elements and texts of one XML file, streamed; every failure is a {@link PlayException}.
 *
 * <p>The document type is skipped and never loaded, and entities other than XML's own five are
 * refused, so a file can neither reach other files nor grow in memory. For one thread.
 */
final class Markup implements AutoCloseable {
  private static final String STAGE_DIRECTION = "STAGEDIR";

  private final String name;
  private final InputStream input;
  private final XMLStreamReader xml;
  private int depth;

  /**
   * @param name what messages to the user call the file
   * @param input closed with this, or here when this fails
   */
  Markup(String name, InputStream input) {
    this.name = name;
    this.input = input;
    try {
      this.xml = secureFactory().createXMLStreamReader(input);
    } catch (XMLStreamException e) {
      PlayException failure = failure(e);
      try {
        input.close();
      } catch (IOException unclosed) {
        failure.addSuppressed(unclosed);
      }
      throw failure;
    }
  }

  private static XMLInputFactory secureFactory() {
    // The JDK's own: another parser on the class path may have other defaults.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    return factory;
  }

  /** Moves on to the next start or end of an element; false at the end of the file. */
  boolean nextTag() {
    while (hasNext()) {
      next();
      if (xml.isStartElement() || xml.isEndElement()) {
        return true;
      }
    }
    return false;
  }

  boolean isStart() {
    return xml.isStartElement();
  }

  boolean isStartOf(String element) {
    return xml.isStartElement() && xml.getLocalName().equals(element);
  }

  boolean isEndOf(String element) {
    return xml.isEndElement() && xml.getLocalName().equals(element);
  }

  /** How many elements are open: 1 in the root. */
  int depth() {
    return depth;
  }

  String element() {
    return xml.getLocalName();
  }

  /**
   * Reads the started element to its end: its text without stage directions, each run of white
   * space as one blank, and none at either end.
   */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int end = depth - 1; depth > end; ) {
      next();
      if (isStartOf(STAGE_DIRECTION)) {
        skip();
      } else if (isText()) {
        text.append(xml.getText());
      }
    }
    return text.toString().strip().replaceAll("\\s+", " ");
  }

  /** Leaves out the started element with all that is in it. */
  void skip() {
    for (int end = depth - 1; depth > end; ) {
      next();
    }
  }

  /** To be thrown: the place where the reading stands is wrong for a play. */
  PlayException wrong(String reason) {
    return PlayException.notAPlay(name, where(xml.getLocation()) + reason, null);
  }

  /** To be thrown: the file as a whole is no play. */
  PlayException wrongAsAWhole(String reason) {
    return PlayException.notAPlay(name, reason, null);
  }

  @Override
  public void close() {
    try (input) {
      xml.close();
    } catch (XMLStreamException | IOException e) {
      throw PlayException.unreadable(name, e.toString(), e);
    }
  }

  private boolean hasNext() {
    try {
      return xml.hasNext();
    } catch (XMLStreamException e) {
      throw failure(e);
    }
  }

  private void next() {
    try {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw wrong("the entity &" + xml.getLocalName() + "; is not declared");
        default -> {}
      }
    } catch (XMLStreamException e) {
      throw failure(e);
    }
  }

  /** Comments have text too, but none that is spoken. */
  private boolean isText() {
    return switch (xml.getEventType()) {
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
          true;
      default -> false;
    };
  }

  private PlayException failure(XMLStreamException e) {
    if (e.getNestedException() instanceof IOException io
        && !(io instanceof CharConversionException)) {
      return PlayException.unreadable(name, String.valueOf(io.getMessage()), e);
    }
    return PlayException.notAPlay(name, where(e.getLocation()) + reason(e), e);
  }

  private static String where(@Nullable Location location) {
    return location == null
        ? ""
        : "line " + location.getLineNumber() + ", column " + location.getColumnNumber() + ": ";
  }

  /** The JDK says the place first, on a line of its own, and then "Message: " and a sentence. */
  private static String reason(XMLStreamException e) {
    return String.valueOf(e.getMessage())
        .replaceFirst("(?s)^.*\\RMessage: ", "")
        .strip()
        .replaceAll("\\s+", " ")
        .replaceFirst("\\.$", "");
  }
}
