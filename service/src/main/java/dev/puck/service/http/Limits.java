package dev.puck.service.http;

import io.javalin.config.JavalinConfig;
import java.time.Duration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * What clients may take.
 *
 * @param threads that answer
 * @param connections at once; more wait until others have gone. Each costs memory.
 * @param requestBytes in one request's body
 * @param patience for a request to be sent, and for a connection that says nothing
 */
record Limits(int threads, int connections, int requestBytes, Duration patience) {
  static final Limits USUAL = new Limits(32, 512, 1 << 20, Duration.ofSeconds(30));

  void apply(JavalinConfig javalin) {
    QueuedThreadPool pool = new QueuedThreadPool(threads, 4);
    pool.setName("http");
    pool.setDaemon(true);
    javalin.jetty.threadPool = pool;
    javalin.jetty.modifyServer(this::apply);
    javalin.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setIdleTimeout(patience.toMillis());
        });
    javalin.http.maxRequestSize = requestBytes;
  }

  private void apply(Server server) {
    server.addBean(new NetworkConnectionLimit(connections, server));
    server.addBean(new SlowConnections(server, patience));
  }
}
