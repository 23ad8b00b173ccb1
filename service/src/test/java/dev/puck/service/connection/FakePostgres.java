package dev.puck.service.connection;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers every start-up message with the same bytes, as a server does that lets nobody in. */
final class FakePostgres implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  private final Thread thread = new Thread(this::serve, "fake-postgres");
  private final byte[] answer;

  private FakePostgres(byte[] answer) throws IOException {
    this.answer = answer;
    thread.start();
  }

  /** One that sends an error of that SQLSTATE. */
  static FakePostgres refusing(String state, String message) throws IOException {
    String fields = "SFATAL\0VFATAL\0C" + state + "\0M" + message + "\0\0";
    return new FakePostgres(message('E', fields.getBytes(StandardCharsets.UTF_8)));
  }

  /** One that asks for the password in clear text. */
  static FakePostgres askingForPassword() throws IOException {
    return new FakePostgres(message('R', new byte[] {0, 0, 0, 3}));
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        DataInputStream in = new DataInputStream(client.getInputStream());
        in.skipNBytes(in.readInt() - Integer.BYTES);
        client.getOutputStream().write(answer);
        client.shutdownOutput();
        in.transferTo(DataOutputStream.nullOutputStream());
      } catch (IOException e) {
        // the client left, or the test is over
      }
    }
  }

  private static byte[] message(char type, byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(type);
      out.writeInt(Integer.BYTES + body.length);
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }
}
