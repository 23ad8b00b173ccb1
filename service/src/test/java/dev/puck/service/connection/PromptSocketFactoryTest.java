package dev.puck.service.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Between two ends of a connection, of which the far one sends all when it got a byte. */
@Timeout(30)
final class PromptSocketFactoryTest {
  private static final int BYTES = 1 << 20;
  private static final int PROBE_MILLIS = 1;

  private final ExecutorService farEnd = Executors.newSingleThreadExecutor();
  private ServerSocket server;
  private Socket socket;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    socket =
        new PromptSocketFactory()
            .createSocket(server.getInetAddress().getHostAddress(), server.getLocalPort());
    farEnd.execute(this::sendWhenAsked);
  }

  @AfterEach
  void disconnect() throws IOException {
    socket.close();
    server.close();
    farEnd.shutdownNow();
  }

  @Test
  void shouldReadAnAnswerUndivided() throws Exception {
    socket.setSoTimeout(PROBE_MILLIS);
    socket.setSoTimeout(0);
    socket.getOutputStream().write(1);

    assertThat(readsOf(BYTES)).isLessThan(BYTES / 100);
  }

  @Test
  void shouldHandOverWhatIsPendingInParts() throws Exception {
    socket.getOutputStream().write(1);
    InputStream input = socket.getInputStream();
    input.read();

    // The driver asks whether there is more only when its own buffer is empty.
    socket.setSoTimeout(30_000);
    int read = 0;
    int atOnce = 2;
    while (atOnce > 1) {
      atOnce = input.read(new byte[8192]);
      read += atOnce;
    }
    assertThat(input.available()).isZero();

    assertThat(read).isLessThan(BYTES / 4);
    socket.setSoTimeout(PROBE_MILLIS);
    assertThatThrownBy(input::read).isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout(0);
    assertThat(input.read()).isNotNegative();
  }

  @Test
  void shouldTellAtOnceThatNothingIsPending() throws Exception {
    socket.setSoTimeout(PROBE_MILLIS);

    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
  }

  private int readsOf(int bytes) throws IOException {
    byte[] buffer = new byte[8192];
    int left = bytes;
    int reads = 0;
    while (left > 0) {
      left -= socket.getInputStream().read(buffer);
      reads++;
    }
    return reads;
  }

  private void sendWhenAsked() {
    try (Socket peer = server.accept()) {
      peer.getInputStream().read();
      peer.getOutputStream().write(new byte[BYTES]);
      peer.getInputStream().read();
    } catch (IOException e) {
      // The test is over.
    }
  }
}
