package dev.puck.embedded;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports on 127.0.0.1 that nobody listens on.
 *
 * <p>They lie below the range from which the kernel takes ports for outgoing connections: in that
 * range, a client that keeps trying to reach a stopped server sooner or later connects to itself,
 * and the server can never have its port back.
 */
final class FreePort {
  static final int LOWEST = 12_000;
  static final int HIGHEST = 31_999;
  private static final int ATTEMPTS = 1_000;

  private FreePort() {}

  /** A port that was free a moment ago; somebody else may still be quicker to take it. */
  static int next() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      if (isFree(port)) {
        return port;
      }
    }
    throw new ServerException(
        "No free port between %d and %d on 127.0.0.1 in %d attempts"
            .formatted(LOWEST, HIGHEST, ATTEMPTS));
  }

  /** Whether a server could listen there now. */
  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(Loopback.address(port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
