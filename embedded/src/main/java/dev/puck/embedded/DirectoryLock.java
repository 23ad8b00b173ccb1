package dev.puck.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps two owners from running servers on the same data; ends with the JVM at the latest. */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE = ".puck-lock";

  private final Path path;
  private final FileChannel channel;

  private DirectoryLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Makes the directory where it is missing, and takes it. */
  static DirectoryLock take(Path directory) {
    Path path = Directories.create(directory.toAbsolutePath().normalize());
    try {
      FileChannel channel =
          FileChannel.open(path.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new ServerException(
            path + " is in use by other embedded servers; close them, or take another directory");
      }
      return new DirectoryLock(path, channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // taken in this very JVM
    }
  }
}
