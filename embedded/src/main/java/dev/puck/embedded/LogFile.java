package dev.puck.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a server wrote to its standard output and error.
 *
 * @param path where it is; it need not exist
 */
record LogFile(Path path) {
  private static final int TAIL_LINES = 20;
  private static final int TAIL_BYTES = 16 * 1024;

  /** The last lines, or why there are none. */
  String tail() {
    if (!Files.exists(path)) {
      return "(no log)";
    }
    try {
      List<String> lines = lastBytes().lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(unreadable log: " + e + ")";
    }
  }

  private String lastBytes() throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      long start = Math.max(0, channel.size() - TAIL_BYTES);
      ByteBuffer buffer = ByteBuffer.allocate((int) (channel.size() - start));
      while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) >= 0) {
        // read on: a channel may return less than asked for
      }
      return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
  }
}
