package dev.puck.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * The unpacked programs of the servers, shared by all JVMs of one user.
 *
 * <p>It lies in the temporary directory and not at home, since a server that may not run as root
 * must be able to read it. An entry appears whole or not at all, however many JVMs unpack it at the
 * same time; one that lost files, as the cleaners of temporary directories take them, is replaced.
 */
final class BinaryCache {
  private static final String COMPLETE = ".complete";
  private static final Set<PosixFilePermission> PERMISSIONS =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private final Path directory;

  BinaryCache(Path directory) {
    this.directory = directory;
  }

  /** How an archive becomes files. */
  interface Unpacker {
    void unpack(InputStream archive, Path target) throws IOException;
  }

  /** The cache of this user. */
  static BinaryCache ofThisUser() {
    CurrentUser user = CurrentUser.find();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    BinaryCache cache = new BinaryCache(temporary.resolve("puck-" + user.name()));
    cache.claim(user);
    return cache;
  }

  /** Refuses a directory that somebody else made, or may write to: we run what is in it. */
  void claim(CurrentUser user) {
    try {
      if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        createOwn();
      }
      if (!isOnlyOurs(user)) {
        throw new ServerException(
            "%s is not a directory that only '%s' may write to. Remove it, or start with another -Djava.io.tmpdir."
                .formatted(directory, user.name()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a single file of this name belongs. */
  Path file(String name) {
    return directory.resolve(name);
  }

  /** The directory with the archive's files, unpacked when it is not there yet. */
  Path unpacked(String name, URL archive, Unpacker unpacker) {
    try {
      Path entry = directory.resolve(name + "-" + fingerprint(archive));
      if (!isComplete(entry)) {
        publish(unpackAside(archive, unpacker), entry);
      }
      return entry;
    } catch (IOException e) {
      throw new ServerException("Cannot unpack " + archive + " into " + directory, e);
    }
  }

  private void createOwn() throws IOException {
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PERMISSIONS));
      Files.setPosixFilePermissions(directory, PERMISSIONS); // the umask may have taken some
    } catch (FileAlreadyExistsException e) {
      // Another JVM was quicker; whose it is gets checked in any case.
    }
  }

  private boolean isOnlyOurs(CurrentUser user) throws IOException {
    Set<PosixFilePermission> permissions =
        Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        && CurrentUser.ownerOf(directory) == user.id()
        && !permissions.contains(PosixFilePermission.GROUP_WRITE)
        && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }

  private Path unpackAside(URL archive, Unpacker unpacker) throws IOException {
    Path aside = Files.createTempDirectory(directory, "unpacking-");
    try (InputStream in = new BufferedInputStream(archive.openStream())) {
      unpacker.unpack(in, aside);
    }
    Files.writeString(aside.resolve(COMPLETE), Long.toString(countFiles(aside)));
    Files.setPosixFilePermissions(aside, PERMISSIONS);
    return aside;
  }

  private void publish(Path aside, Path entry) throws IOException {
    try {
      moveAway(entry);
      Files.move(aside, entry, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw e;
    } catch (FileSystemException e) {
      Directories.delete(aside);
      if (!isComplete(entry)) { // otherwise another JVM was quicker
        throw e;
      }
    }
  }

  private void moveAway(Path entry) throws IOException {
    if (Files.exists(entry) && !isComplete(entry)) {
      Path broken = Files.createTempDirectory(directory, "broken-");
      Files.move(entry, broken, StandardCopyOption.ATOMIC_MOVE);
      Directories.delete(broken);
    }
  }

  private static boolean isComplete(Path entry) throws IOException {
    Path marker = entry.resolve(COMPLETE);
    return Files.exists(marker)
        && Files.readString(marker).equals(Long.toString(countFiles(entry) - 1));
  }

  private static long countFiles(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.filter(path -> !Files.isDirectory(path)).count();
    }
  }

  /** Checksum and size: from the jar's own list where there is one, since reading takes time. */
  private static String fingerprint(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    if (connection instanceof JarURLConnection jar) {
      return fingerprint(jar.getJarEntry().getCrc(), jar.getJarEntry().getSize());
    }
    try (CheckedInputStream in = new CheckedInputStream(archive.openStream(), new CRC32())) {
      long size = in.transferTo(OutputStream.nullOutputStream());
      return fingerprint(in.getChecksum().getValue(), size);
    }
  }

  private static String fingerprint(long checksum, long size) {
    return "%08x-%d".formatted(checksum, size);
  }
}
