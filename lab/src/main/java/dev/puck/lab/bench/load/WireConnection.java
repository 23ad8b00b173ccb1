package dev.puck.lab.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connection to PostgreSQL that runs one prepared statement, each time in a transaction of its
 * own, by the <a href="https://www.postgresql.org/docs/current/protocol.html">protocol</a> itself:
 * the writers share the processors with what they measure, so they must cost little. Knows no
 * passwords. Not thread-safe.
 */
final class WireConnection implements AutoCloseable {
  private static final int PROTOCOL_3 = 3 << 16;
  private static final int HEADER_BYTES = 5;
  private static final byte[] STATEMENT = {'s', 0};

  private final SocketChannel channel;
  private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 14);
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 14);

  private WireConnection(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Connects to this machine as {@code postgres}, and prepares the statement.
   *
   * @param sql with parameters {@code $1} and so on
   * @throws IOException with PostgreSQL's words if it refuses
   */
  static WireConnection open(int port, String database, String sql) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      WireConnection connection = new WireConnection(channel);
      connection.sayHello(database);
      connection.awaitReady();
      connection.prepare(sql);
      connection.awaitReady();
      return connection;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** For a selector, which it belongs to from then on. */
  SocketChannel channel() {
    return channel;
  }

  /** Runs the statement with these parameters; nobody waits for it. */
  void send(String... parameters) throws IOException {
    out.clear();
    int bind = begin('B');
    out.put((byte) 0).put(STATEMENT).putShort((short) 0).putShort((short) parameters.length);
    for (String parameter : parameters) {
      byte[] text = parameter.getBytes(StandardCharsets.UTF_8);
      out.putInt(text.length).put(text);
    }
    out.putShort((short) 0);
    end(bind);
    int execute = begin('E');
    out.put((byte) 0).putInt(0);
    end(execute);
    end(begin('S'));
    flush();
  }

  /** Waits until the statement's transaction has ended. */
  void awaitReady() throws IOException {
    boolean ready = false;
    while (!ready) {
      ready = receive();
    }
  }

  /**
   * Reads what has come; waits for it if the channel does.
   *
   * @return whether the statement's transaction has ended
   * @throws IOException with PostgreSQL's words if it failed
   */
  boolean receive() throws IOException {
    if (channel.read(in) < 0) {
      throw new EOFException("PostgreSQL ended the connection");
    }
    in.flip();
    boolean ready = false;
    while (in.remaining() >= HEADER_BYTES) {
      int length = in.getInt(in.position() + 1);
      if (in.remaining() < length + 1) {
        break;
      }
      byte type = in.get();
      int end = in.position() + length;
      requireNoError(type, end);
      ready |= type == 'Z';
      in.position(end);
    }
    in.compact();
    return ready;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void sayHello(String database) throws IOException {
    out.clear();
    out.putInt(0).putInt(PROTOCOL_3);
    for (String each : new String[] {"user", "postgres", "database", database}) {
      putText(each);
    }
    putText("application_name");
    putText("puck bench");
    out.put((byte) 0);
    out.putInt(0, out.position());
    flush();
  }

  private void prepare(String sql) throws IOException {
    out.clear();
    int parse = begin('P');
    out.put(STATEMENT);
    putText(sql);
    out.putShort((short) 0);
    end(parse);
    end(begin('S'));
    flush();
  }

  /** Where the message's length goes. */
  private int begin(char type) {
    out.put((byte) type).putInt(0);
    return out.position() - Integer.BYTES;
  }

  private void end(int at) {
    out.putInt(at, out.position() - at);
  }

  private void putText(String text) {
    out.put(text.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
  }

  /** What is sent is smaller than the kernel's buffer, and one at a time. */
  private void flush() throws IOException {
    out.flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  private void requireNoError(byte type, int end) throws IOException {
    boolean wantsPassword = type == 'R' && in.getInt(in.position() + Integer.BYTES) != 0;
    if (type == 'E' || wantsPassword) {
      byte[] fields = new byte[end - in.position() - Integer.BYTES];
      in.get(in.position() + Integer.BYTES, fields);
      String words = new String(fields, StandardCharsets.UTF_8).replace('\0', ' ').strip();
      throw new IOException(wantsPassword ? "PostgreSQL wants a password" : words);
    }
  }
}
