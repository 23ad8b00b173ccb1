package dev.puck.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One entry's header in a tar archive.
 *
 * @param name path of the entry; empty at the end of the archive
 * @param type one of the constants here, or one that we skip
 * @param mode permissions, as in {@code chmod}
 * @param size bytes that follow
 * @param linkName where a link leads
 */
record TarHeader(String name, char type, int mode, long size, String linkName) {
  static final char FILE = '0';
  static final char OLD_FILE = 0;
  static final char SYMBOLIC_LINK = '2';
  static final char DIRECTORY = '5';
  static final char LONG_NAME = 'L';

  private static final int BLOCK = 512;
  private static final int ANY_EXECUTE = 0b001_001_001;

  static TarHeader parse(byte[] block) throws IOException {
    String prefix = text(block, 345, 155);
    String name = text(block, 0, 100);
    return new TarHeader(
        prefix.isEmpty() ? name : prefix + "/" + name,
        (char) block[156],
        (int) octal(block, 100, 8),
        octal(block, 124, 12),
        text(block, 157, 100));
  }

  TarHeader withName(String newName) {
    return new TarHeader(newName, type, mode, size, linkName);
  }

  boolean isEnd() {
    return name.isEmpty();
  }

  boolean isExecutable() {
    return (mode & ANY_EXECUTE) != 0;
  }

  /** The size rounded up to whole blocks, as the archive stores it. */
  long paddedSize() {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  private static String text(byte[] block, int offset, int length) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return new String(block, offset, end - offset, StandardCharsets.UTF_8);
  }

  private static long octal(byte[] block, int offset, int length) throws IOException {
    String digits = text(block, offset, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("Not a tar archive: '" + digits + "' should be an octal number", e);
    }
  }
}
