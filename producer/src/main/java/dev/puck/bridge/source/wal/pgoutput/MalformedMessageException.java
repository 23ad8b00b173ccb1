package dev.puck.bridge.source.wal.pgoutput;

/** The stream holds something that is no message as it is documented: it cannot be read on. */
public final class MalformedMessageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedMessageException(int type, int offset, String problem) {
    super(
        "Cannot decode a pgoutput message of type %s: %s, at byte %d"
            .formatted(MessageReader.shown(type), problem, offset));
  }
}
