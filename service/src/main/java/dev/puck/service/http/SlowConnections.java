package dev.puck.service.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Closes connections on which a request does not get whole in time, however busily its sender
 * sends: an idle timeout starts anew at each byte, so that whoever sends one now and then could
 * hold all connections for ever. Those that say nothing are left to that timeout, and those that
 * are answered are left alone, for as long as it takes.
 */
final class SlowConnections extends AbstractLifeCycle implements Connection.Listener {
  private static final int LOOKS = 4;

  private final Server server;
  private final Duration patience;
  private final Map<Connection, Progress> all = new ConcurrentHashMap<>();

  /**
   * Looks at the server's connections from its start on.
   *
   * @param patience for a request; up to half of it more may pass
   */
  SlowConnections(Server server, Duration patience) {
    this.server = server;
    this.patience = patience;
  }

  @Override
  public void onOpened(Connection connection) {
    all.put(connection, new Progress(0, 0, System.nanoTime(), true));
  }

  @Override
  public void onClosed(Connection connection) {
    all.remove(connection);
  }

  @Override
  protected void doStart() {
    for (Connector connector : server.getConnectors()) {
      connector.addBean(this, false);
    }
    lookLater();
  }

  private void lookLater() {
    server.getScheduler().schedule(this::look, patience.toMillis() / LOOKS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (isStarting() || isStarted()) {
      long now = System.nanoTime();
      all.replaceAll((connection, progress) -> progress.at(connection, now));
      all.forEach((connection, progress) -> closeIfSlow(connection, now - progress.since));
      lookLater();
    }
  }

  private void closeIfSlow(Connection connection, long nanos) {
    if (nanos > patience.toNanos()) {
      connection.getEndPoint().close();
    }
  }

  /**
   * A request that has begun, or none.
   *
   * @param heads how many requests' heads had come before
   * @param bytes how much had come before
   * @param since when it was not there yet
   * @param settled whether {@code bytes} has the last request's body, which follows its head
   */
  private record Progress(long heads, long bytes, long since, boolean settled) {
    Progress at(Connection connection, long now) {
      boolean isNew = connection.getMessagesIn() != heads;
      boolean isSilent = connection.getBytesIn() == bytes;
      return isNew || isSilent || !settled
          ? new Progress(connection.getMessagesIn(), connection.getBytesIn(), now, !isNew)
          : this;
    }
  }
}
