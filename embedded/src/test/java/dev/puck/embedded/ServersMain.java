package dev.puck.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Starts all servers, prints their process ids, and stops them at the end of its input. */
public final class ServersMain {
  private ServersMain() {}

  public static void main(String[] arguments) throws IOException {
    try (EmbeddedServers servers = EmbeddedServers.in(Path.of(arguments[0]))) {
      System.out.println(servers.postgres().processId());
      System.out.println(servers.kafka().processId());
      System.out.println(servers.redis().processId());
      System.out.flush();
      while (System.in.read() >= 0) {
        // nothing to say
      }
    }
  }
}
