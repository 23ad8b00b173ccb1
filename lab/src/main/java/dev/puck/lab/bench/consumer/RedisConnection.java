package dev.puck.lab.bench.consumer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A connection to a Redis on this machine that knows little. Used by one thread. */
final class RedisConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private RedisConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    this.out = socket.getOutputStream();
  }

  static RedisConnection open(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new RedisConnection(socket);
  }

  /** A command as it goes over the wire. */
  static byte[] encode(List<byte[]> words) {
    ByteArrayOutputStream command = new ByteArrayOutputStream();
    command.writeBytes(ascii("*" + words.size() + "\r\n"));
    for (byte[] word : words) {
      command.writeBytes(ascii("$" + word.length + "\r\n"));
      command.writeBytes(word);
      command.writeBytes(ascii("\r\n"));
    }
    return command.toByteArray();
  }

  /** Sends commands. */
  void send(byte[] commands) throws IOException {
    out.write(commands);
  }

  /** Sends one command of words without blanks. */
  void send(String... words) throws IOException {
    send(encode(Arrays.stream(words).map(RedisConnection::ascii).toList()));
  }

  /**
   * The next line, in Latin-1, without its end: an answer that has but one.
   *
   * @throws IOException if it is an error
   */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\r'; next = in.read()) {
      if (next < 0) {
        throw new IOException("Redis closed the connection after: " + line);
      }
      line.append((char) next);
    }
    in.skipNBytes(1);
    if (line.length() > 0 && line.charAt(0) == '-') {
      throw new IOException("Redis refused: " + line);
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
