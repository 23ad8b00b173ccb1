package dev.puck.service.connection;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * A socket that knows the driver's question "is a message pending": a read with a time-out of one
 * millisecond, which it never sets itself.
 */
abstract class ProbedSocket extends Socket {
  private static final int DRIVERS_PROBE_MILLIS = 1;

  private volatile boolean probing;
  private @Nullable InputStream input;

  /** Whether what is read now is that question. */
  final boolean isProbing() {
    return probing;
  }

  /** Sets the time-out of reads, also while {@link #isProbing}. */
  final void kernelTimeout(int millis) throws SocketException {
    super.setSoTimeout(millis);
  }

  /** What the driver reads, of what the kernel has. Called once. */
  abstract InputStream answering(InputStream kernel);

  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    probing = millis == DRIVERS_PROBE_MILLIS;
    if (!probing) {
      super.setSoTimeout(millis);
    }
  }

  @Override
  public final synchronized InputStream getInputStream() throws IOException {
    InputStream existing = input;
    if (existing == null) {
      existing = answering(super.getInputStream());
      input = existing;
    }
    return existing;
  }
}
