package dev.puck.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/** The Redis server's program, from the embedded-redis jar. */
final class RedisBinaries {
  private static final String PROGRAM = "redis-server";

  private RedisBinaries() {}

  /** Unpacks it, unless this was done before. */
  static Path server() {
    OsArchitecture platform = OsArchitecture.detectOSandArchitecture();
    String resource = ExecutableProvider.newProvidedVersionsMap().get(platform);
    URL program = resource == null ? null : ExecutableProvider.class.getResource(resource);
    if (program == null) {
      throw new ServerException(
          "embedded-redis has no server for %s %s".formatted(platform.os, platform.arch));
    }
    return BinaryCache.ofThisUser()
        .unpacked("redis", program, RedisBinaries::unpack)
        .resolve(PROGRAM);
  }

  private static void unpack(InputStream program, Path target) throws IOException {
    Path file = target.resolve(PROGRAM);
    Files.copy(program, file);
    Directories.setPermissions(file, "rwxr-xr-x");
  }
}
