package dev.puck.containers;

import org.testcontainers.utility.DockerImageName;

/** The images, which system properties may replace. */
final class Images {
  private Images() {}

  static DockerImageName postgres() {
    return image("puck.containers.postgres", "postgres:18").asCompatibleSubstituteFor("postgres");
  }

  static DockerImageName kafka() {
    return image("puck.containers.kafka", "apache/kafka:4.3.1");
  }

  static DockerImageName redis() {
    return image("puck.containers.redis", "redis:7");
  }

  private static DockerImageName image(String property, String standard) {
    return DockerImageName.parse(System.getProperty(property, standard));
  }
}
