package dev.puck.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Who we are to the file system. Java's {@code user.name} is no help for a user without an entry in
 * the system's list, as containers have them.
 *
 * @param id the user's number; 0 is root
 * @param name the user's name, or the number again
 */
record CurrentUser(int id, String name) {

  /** Asks the system, by way of a file. */
  static CurrentUser find() {
    try {
      Path probe = Files.createTempFile("puck-", ".user");
      try {
        return new CurrentUser(ownerOf(probe), Files.getOwner(probe).getName());
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isRoot() {
    return id == 0;
  }

  static int ownerOf(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }
}
