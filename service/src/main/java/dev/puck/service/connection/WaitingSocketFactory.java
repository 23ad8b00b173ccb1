package dev.puck.service.connection;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sockets on which the driver's question "is a message pending" waits as long as its thread wants.
 *
 * <p>The driver asks it by a read with a time-out of one millisecond. Asked over and over while
 * nothing comes, that burns a core or adds delay; and reading without asking cannot be bounded in
 * time without tearing a message apart. Here the question takes no time, or as much as {@link
 * #waiting} says, and it fails at the end of the stream, which the driver takes for "nothing yet".
 * Public because the driver makes it, by its name.
 */
public final class WaitingSocketFactory extends DriverSocketFactory {
  private static final ThreadLocal<Integer> PATIENCE_MILLIS = ThreadLocal.withInitial(() -> 0);

  /** What may wait. */
  @FunctionalInterface
  public interface Question<T extends @Nullable Object> {
    /** Asks the driver, without blocking. */
    T ask() throws SQLException;
  }

  /** Asks, and waits up to {@code patience} for each message; below a millisecond not at all. */
  public static <T extends @Nullable Object> T waiting(Duration patience, Question<T> question)
      throws SQLException {
    PATIENCE_MILLIS.set((int) Math.max(0, patience.toMillis()));
    try {
      return question.ask();
    } finally {
      PATIENCE_MILLIS.set(0);
    }
  }

  @Override
  public Socket createSocket() {
    return new WaitingSocket();
  }

  private static final class WaitingSocket extends ProbedSocket {
    private static final int BUFFER_BYTES = 1 << 16;

    @Override
    InputStream answering(InputStream kernel) {
      return new WaitingInput(kernel);
    }

    private final class WaitingInput extends FilterInputStream {
      WaitingInput(InputStream kernel) {
        super(new BufferedInputStream(kernel, BUFFER_BYTES));
      }

      @Override
      public int read() throws IOException {
        awaitIfProbing();
        return super.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        awaitIfProbing();
        return super.read(bytes, offset, length);
      }

      /** Returns once there is something to read; the driver sets its own time-out back. */
      private void awaitIfProbing() throws IOException {
        if (!isProbing() || available() > 0) {
          return;
        }
        int patience = PATIENCE_MILLIS.get();
        if (patience == 0) {
          throw new SocketTimeoutException("nothing pending");
        }
        kernelTimeout(patience);
        in.mark(1);
        if (in.read() < 0) {
          throw new EOFException("The server has closed the connection");
        }
        in.reset();
      }
    }
  }
}
