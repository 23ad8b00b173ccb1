package dev.puck.lab.bench.consumer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection that is kept for one request after the other. Used by one thread. */
final class HttpConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String tail;

  private HttpConnection(Socket socket, String host) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
    this.tail = " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
  }

  static HttpConnection open(URI url) throws IOException {
    Socket socket = new Socket(url.getHost(), url.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new HttpConnection(socket, url.getAuthority());
  }

  /**
   * Asks, and returns when it has the whole answer.
   *
   * @return how many bytes its body has
   * @throws IOException if it is another one than 200
   */
  int get(String path) throws IOException {
    out.write(("GET " + path + tail).getBytes(StandardCharsets.US_ASCII));
    String status = line();
    int length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.regionMatches(/* ignoreCase= */ true, 0, LENGTH, 0, LENGTH.length())) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
    }
    in.skipNBytes(Math.max(0, length));
    if (!status.startsWith("HTTP/1.1 200") || length < 0) {
      throw new IOException(path + " was answered with " + status + " and a length of " + length);
    }
    return length;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("The server closed the connection after: " + line);
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
