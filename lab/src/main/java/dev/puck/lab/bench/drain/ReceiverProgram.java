package dev.puck.lab.bench.drain;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Where {@code pg_recvlogical} is. */
final class ReceiverProgram {
  private static final String NAME = "pg_recvlogical";

  /** Debian's own are not in the path: what is there is a script around them. */
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  private ReceiverProgram() {}

  /** The first that is there: beside the server's, then of the system. */
  static Optional<Path> find(long server) {
    List<Path> directories = new ArrayList<>();
    ProcessHandle.of(server)
        .flatMap(process -> process.info().command())
        .map(command -> Path.of(command).resolveSibling(""))
        .ifPresent(directories::add);
    directories.addAll(debian());
    for (String each : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      directories.add(Path.of(each));
    }
    return directories.stream()
        .map(directory -> directory.resolve(NAME))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static List<Path> debian() {
    List<Path> versions = new ArrayList<>();
    if (Files.isDirectory(DEBIAN)) {
      try (DirectoryStream<Path> directories = Files.newDirectoryStream(DEBIAN)) {
        directories.forEach(version -> versions.add(version.resolve("bin")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    versions.sort(Comparator.reverseOrder());
    return versions;
  }
}
