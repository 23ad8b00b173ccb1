package dev.puck.bridge.deadletter;

import dev.puck.bridge.publisher.EventHeader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Takes the headers of a record apart: the event's own, and those that make it a dead letter. */
final class LetterHeaders {
  private static final String OURS = "puck.dead-letter.";

  private LetterHeaders() {}

  static List<EventHeader> ofEvent(Headers headers) {
    List<EventHeader> own = new ArrayList<>();
    for (Header header : headers) {
      if (!header.key().startsWith(OURS)) {
        own.add(EventHeader.of(header.key(), text(header)));
      }
    }
    return own;
  }

  static Optional<String> value(Headers headers, String name) {
    return Optional.ofNullable(headers.lastHeader(name)).map(LetterHeaders::text);
  }

  private static String text(Header header) {
    return header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
