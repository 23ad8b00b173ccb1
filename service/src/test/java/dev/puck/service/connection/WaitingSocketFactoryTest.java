package dev.puck.service.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WaitingSocketFactoryTest {
  @Test
  void shouldNotWaitUnlessTold() throws Exception {
    try (Pair pair = new Pair()) {
      assertThatThrownBy(pair::probe).isInstanceOf(SocketTimeoutException.class);
      pair.server.getOutputStream().write(7);
      assertThat(pair.probeWithin(Duration.ofSeconds(20))).isEqualTo(7);
    }
  }

  @Test
  void shouldWaitForWhatComes() throws Exception {
    try (Pair pair = new Pair()) {
      assertThatThrownBy(() -> pair.probeWithin(Duration.ofMillis(50)))
          .hasCauseInstanceOf(SocketTimeoutException.class);
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () -> {
                try {
                  pair.server.getOutputStream().write(new byte[] {1, 2});
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertThat(pair.probeWithin(Duration.ofSeconds(20))).isEqualTo(1);
      assertThat(pair.input.read()).isEqualTo(2);
      writing.join();
    }
  }

  @Test
  void shouldFailAtTheEnd() throws Exception {
    try (Pair pair = new Pair()) {
      pair.server.close();
      assertThatThrownBy(() -> pair.probeWithin(Duration.ofSeconds(20)))
          .hasCauseInstanceOf(EOFException.class);
    }
  }

  /** Both ends of a connection, one of them as the driver uses it. */
  private static final class Pair implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Socket client =
        new WaitingSocketFactory()
            .createSocket(listening.getInetAddress(), listening.getLocalPort());
    private final Socket server = listening.accept();
    private final InputStream input = client.getInputStream();

    Pair() throws IOException {}

    /** The driver's question. */
    int probe() throws IOException {
      client.setSoTimeout(1);
      try {
        return input.read();
      } finally {
        client.setSoTimeout(0);
      }
    }

    int probeWithin(Duration patience) throws SQLException {
      return WaitingSocketFactory.waiting(
          patience,
          () -> {
            try {
              return probe();
            } catch (IOException e) {
              throw new SQLException(e);
            }
          });
    }

    @Override
    public void close() throws IOException {
      try (listening;
          client) {
        server.close();
      }
    }
  }
}
