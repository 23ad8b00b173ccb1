package dev.puck.service.connection;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that tell at once that nothing is pending.
 *
 * <p>The driver asks "is a message pending" by a read with a time-out of one millisecond, and hands
 * over notifications only after such a read found nothing. Under a steady stream that never
 * happens, and notifications arrive seconds late. Here such a read fails at once when the kernel
 * has no bytes, and also after {@value #MAX_BYTES_AT_ONCE} bytes, so that a backlog is handed over
 * in parts instead of being gathered in memory. What answers a query comes undivided. Public
 * because the driver makes it, by its name.
 */
public final class PromptSocketFactory extends DriverSocketFactory {
  private static final int MAX_BYTES_AT_ONCE = 1 << 16;

  @Override
  public Socket createSocket() {
    return new PromptSocket();
  }

  private static final class PromptSocket extends ProbedSocket {
    /** Whether the driver asked for what is pending, and for nothing else since. */
    private volatile boolean isAskedForPending;

    private int bytesAtOnce;
    private @Nullable OutputStream output;

    @Override
    public synchronized void setSoTimeout(int millis) throws SocketException {
      askForPending();
      super.setSoTimeout(millis);
    }

    @Override
    InputStream answering(InputStream kernel) {
      return new PromptInput(kernel);
    }

    @Override
    public synchronized OutputStream getOutputStream() throws IOException {
      OutputStream existing = output;
      if (existing == null) {
        existing = new PromptOutput(super.getOutputStream());
        output = existing;
      }
      return existing;
    }

    /** Its time-out is set before it waits for a notification, and around its question for more. */
    private void askForPending() {
      if (!isAskedForPending) {
        isAskedForPending = true;
        bytesAtOnce = 0;
      }
    }

    /** Whoever writes asks a query, whose answer must not be read bit by bit. */
    private final class PromptOutput extends FilterOutputStream {
      PromptOutput(OutputStream kernel) {
        super(kernel);
      }

      @Override
      public void write(int single) throws IOException {
        isAskedForPending = false;
        out.write(single);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        isAskedForPending = false;
        out.write(bytes, offset, length);
      }
    }

    private final class PromptInput extends FilterInputStream {
      PromptInput(InputStream kernel) {
        super(new BufferedInputStream(kernel, MAX_BYTES_AT_ONCE));
      }

      @Override
      public int read() throws IOException {
        failIfProbingInVain();
        bytesAtOnce++;
        return super.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        failIfProbingInVain();
        // Bit by bit at last, so that the driver comes to the end of a message with no rest of the
        // next in its own buffer: with one it would not ask us.
        int read = super.read(bytes, offset, isEnough() ? Math.min(1, length) : length);
        bytesAtOnce += Math.max(0, read);
        return read;
      }

      @Override
      public int available() throws IOException {
        askForPending();
        return isEnough() ? 0 : super.available();
      }

      private boolean isEnough() {
        return isAskedForPending && bytesAtOnce >= MAX_BYTES_AT_ONCE;
      }

      private void failIfProbingInVain() throws IOException {
        if (isProbing() && available() == 0) {
          bytesAtOnce = 0;
          throw new SocketTimeoutException("nothing pending");
        }
      }
    }
  }
}
