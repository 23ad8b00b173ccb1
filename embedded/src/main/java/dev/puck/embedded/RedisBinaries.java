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
    OsArchitecture platform = platform();
    String resource = ExecutableProvider.newProvidedVersionsMap().get(platform);
    URL program = resource == null ? null : ExecutableProvider.class.getResource(resource);
    if (program == null) {
      throw new ServerException("embedded-redis has no server for " + Platform.name());
    }
    return BinaryCache.ofThisUser()
        .unpacked("redis", program, RedisBinaries::unpack)
        .resolve(PROGRAM);
  }

  /** Not detected by embedded-redis, which needs other programs for that. */
  private static OsArchitecture platform() {
    return switch (Platform.name()) {
      case "linux-x86_64" -> OsArchitecture.UNIX_x86_64;
      case "linux-arm_64" -> OsArchitecture.UNIX_AARCH64;
      case "darwin-x86_64" -> OsArchitecture.MAC_OS_X_x86_64;
      default -> OsArchitecture.MAC_OS_X_ARM64;
    };
  }

  private static void unpack(InputStream program, Path target) throws IOException {
    Path file = target.resolve(PROGRAM);
    Files.copy(program, file);
    Directories.setPermissions(file, "rwxr-xr-x");
  }
}
