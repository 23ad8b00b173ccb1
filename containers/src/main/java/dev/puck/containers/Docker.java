package dev.puck.containers;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** The engine that containers run on. */
final class Docker {
  private Docker() {}

  /**
   * Sees that there is one.
   *
   * @throws IllegalStateException if none answers
   */
  static void require() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new IllegalStateException(
          "No Docker engine answers here, which -Pcontainers needs. Start one, or name it with"
              + " DOCKER_HOST; without -Pcontainers, tests run on embedded servers.");
    }
  }

  /** Where containers' published ports are; a number where it is this machine. */
  static String host() {
    String host = DockerClientFactory.instance().dockerHostIpAddress();
    return host.equals("localhost") ? "127.0.0.1" : host;
  }

  /** {@code HOST:PORT} of a container's port. */
  static String address(GenericContainer<?> container, int port) {
    return host() + ":" + container.getMappedPort(port);
  }
}
