package dev.puck.bridge.source.notify;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that tell at once that nothing is pending.
 *
 * <p>The driver asks "is a message pending" by a read with a time-out of one millisecond, and hands
 * over notifications only after such a read found nothing. Under a steady stream that never
 * happens, and notifications arrive seconds late. Here such a read fails at once when the kernel
 * has no bytes. Public because the driver makes it, by its name.
 */
public final class PromptSocketFactory extends SocketFactory {
  @Override
  public Socket createSocket() {
    return new PromptSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket socket = new PromptSocket();
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  private static final class PromptSocket extends Socket {
    private static final int DRIVERS_PROBE_MILLIS = 1;

    private volatile boolean probing;
    private @Nullable InputStream input;

    @Override
    public synchronized void setSoTimeout(int millis) throws SocketException {
      probing = millis == DRIVERS_PROBE_MILLIS;
      if (!probing) {
        super.setSoTimeout(millis);
      }
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
      InputStream existing = input;
      if (existing == null) {
        existing = new PromptInput(super.getInputStream());
        input = existing;
      }
      return existing;
    }

    private final class PromptInput extends FilterInputStream {
      PromptInput(InputStream kernel) {
        super(kernel);
      }

      @Override
      public int read() throws IOException {
        failIfProbingInVain();
        return super.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        failIfProbingInVain();
        return super.read(bytes, offset, length);
      }

      private void failIfProbingInVain() throws IOException {
        if (probing && in.available() == 0) {
          throw new SocketTimeoutException("nothing pending");
        }
      }
    }
  }
}
