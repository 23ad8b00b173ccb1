package dev.puck.cli.release;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The files of a release, and programs to look at them.
 *
 * @param directory where they are
 * @param version of Puck
 */
record Release(Path directory, String version) {
  /** The one that this build made. */
  static Release built() {
    return new Release(
        Path.of(System.getProperty("puck.release.directory")),
        System.getProperty("puck.release.version"));
  }

  String name() {
    return "puck-" + version;
  }

  Path file(String suffix) {
    return directory.resolve(name() + suffix);
  }

  List<String> fileNames() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /**
   * Runs a program to its end.
   *
   * @return what it wrote, a line each
   * @throws AssertionError if it fails, or is not done in two minutes
   */
  static List<String> run(Path folder, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      out.lines().forEach(lines::add);
    }
    if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + ":\n" + String.join("\n", lines));
    }
    return lines;
  }

  static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
