package dev.puck.embedded;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Unpacks a tar archive of files, directories and symbolic links, with long names as GNU tar writes
 * them. Nothing is written outside the target, whatever the archive says.
 */
final class TarReader {
  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 4_096;

  private final Path target;
  private final DataInputStream in;

  private TarReader(Path target, InputStream in) {
    this.target = target;
    this.in = new DataInputStream(in);
  }

  /** Unpacks all of the stream into the target, which exists. */
  static void unpack(InputStream tar, Path target) throws IOException {
    new TarReader(target.toAbsolutePath().normalize(), tar).unpackAll();
  }

  private void unpackAll() throws IOException {
    String longName = "";
    for (TarHeader header = next(); !header.isEnd(); header = next()) {
      if (header.type() == TarHeader.LONG_NAME) {
        longName = readLongName(header);
      } else {
        unpack(longName.isEmpty() ? header : header.withName(longName));
        longName = "";
      }
    }
  }

  private TarHeader next() throws IOException {
    byte[] block = new byte[BLOCK];
    in.readFully(block);
    return TarHeader.parse(block);
  }

  private void unpack(TarHeader header) throws IOException {
    Path path = inside(target.resolve(header.name()), header);
    switch (header.type()) {
      case TarHeader.DIRECTORY -> Files.createDirectories(path);
      case TarHeader.SYMBOLIC_LINK -> link(path, header);
      case TarHeader.FILE, TarHeader.OLD_FILE -> write(path, header);
      default -> in.skipNBytes(header.paddedSize());
    }
  }

  private void link(Path path, TarHeader header) throws IOException {
    Path parent = createParent(path);
    inside(parent.resolve(header.linkName()), header);
    Files.createSymbolicLink(path, Path.of(header.linkName()));
  }

  private void write(Path path, TarHeader header) throws IOException {
    createParent(path);
    try (OutputStream out = Files.newOutputStream(path)) {
      copy(header.size(), out);
    }
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(header.isExecutable() ? "rwxr-xr-x" : "rw-r--r--"));
    in.skipNBytes(header.paddedSize() - header.size());
  }

  private void copy(long size, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (long left = size; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException("The archive ends inside a file; " + left + " bytes are missing");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private String readLongName(TarHeader header) throws IOException {
    if (header.size() > LONGEST_NAME) {
      throw new IOException("The archive has a name of " + header.size() + " bytes");
    }
    byte[] padded = new byte[(int) header.paddedSize()];
    in.readFully(padded);
    return new String(padded, 0, (int) header.size(), StandardCharsets.UTF_8).replace("\0", "");
  }

  private Path createParent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IOException("The archive has an entry without a directory: " + path);
    }
    return Files.createDirectories(parent);
  }

  /**
   * No name and no link leads out, so that what is written through an earlier link stays inside.
   */
  private Path inside(Path path, TarHeader header) throws IOException {
    Path normal = path.normalize();
    if (!normal.startsWith(target)) {
      throw new IOException("The archive's entry '" + header.name() + "' leads out of " + target);
    }
    return normal;
  }
}
