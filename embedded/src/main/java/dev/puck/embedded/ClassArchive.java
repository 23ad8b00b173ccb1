package dev.puck.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The broker's classes as its JVM had them in memory, which halves the work of starting it.
 *
 * <p>The first broker that ends gently leaves an archive for all that follow with the same class
 * path. The JVM checks it, and starts without where it does not fit.
 *
 * @param shared where all look for it
 * @param fresh where this broker leaves one, when there is none yet
 */
record ClassArchive(Path shared, Path fresh) {
  private static final String SUFFIX = ".jsa";
  private static final int KEPT = 4;
  private static final Comparator<Path> NEWEST_FIRST =
      Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed();

  /** The archive for this JVM and these jars. */
  static ClassArchive of(List<Path> classPath, BinaryCache cache, Path fresh) {
    String origin =
        System.getProperty("java.vm.version")
            + System.getProperty("java.home")
            + classPath.stream().map(ClassArchive::version).collect(Collectors.joining());
    CRC32 key = new CRC32();
    key.update(origin.getBytes(StandardCharsets.UTF_8));
    return new ClassArchive(
        cache.file("kafka-classes-%08x".formatted(key.getValue()) + SUFFIX), fresh);
  }

  List<String> jvmOptions() {
    return Files.exists(shared)
        ? List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + shared, "-Xlog:cds*=off")
        : List.of("-Xshare:auto", "-XX:ArchiveClassesAtExit=" + fresh, "-Xlog:cds*=off");
  }

  /** Hands on what a broker that ended gently left. */
  void publish() {
    try {
      if (Files.exists(fresh)) {
        Files.move(fresh, shared, StandardCopyOption.ATOMIC_MOVE);
        deleteOld();
      }
    } catch (IOException e) {
      discard(); // on another file system, say: the next one starts as slowly as this one
    }
  }

  /** Deletes what a broker may have left half written. */
  void discard() {
    try {
      Files.deleteIfExists(fresh);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Other versions of the jars make other archives; each takes some 50 MB. */
  private void deleteOld() throws IOException {
    Path directory = Objects.requireNonNull(shared.getParent());
    try (Stream<Path> files = Files.list(directory)) {
      Stream<Path> archives = files.filter(file -> file.toString().endsWith(SUFFIX));
      for (Path old : archives.sorted(NEWEST_FIRST).skip(KEPT).toList()) {
        Files.deleteIfExists(old);
      }
    }
  }

  private static String version(Path jar) {
    try {
      return "%s %d %s\n".formatted(jar, Files.size(jar), Files.getLastModifiedTime(jar));
    } catch (IOException e) {
      return jar + " is missing\n"; // as a class path may have it
    }
  }
}
