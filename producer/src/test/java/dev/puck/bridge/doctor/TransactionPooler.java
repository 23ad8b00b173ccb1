package dev.puck.bridge.doctor;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * The least of a connection pooler: each client's connection makes one to the server, and with each
 * transaction, or for good, a client gets whichever is free.
 */
final class TransactionPooler implements AutoCloseable {
  private static final int BACKEND_KEY = 'K';
  private static final int READY = 'Z';
  private static final int IDLE = 'I';

  private final int serverPort;
  private final boolean byTransaction;
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final BlockingDeque<Wire> free = new LinkedBlockingDeque<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  TransactionPooler(int serverPort, boolean byTransaction) throws IOException {
    this.serverPort = serverPort;
    this.byTransaction = byTransaction;
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Wire client = new Wire(listener.accept());
      start(() -> serve(client));
    }
  }

  private void serve(Wire client) throws IOException, InterruptedException {
    byte[] startup = client.body();
    Wire server = new Wire(new Socket(InetAddress.getLoopbackAddress(), serverPort));
    server.sendBody(startup);
    relayUntilReady(server, client);
    if (byTransaction) {
      free.push(server);
    }
    for (int type = client.in.readByte(); type != 'X'; type = client.in.readByte()) {
      Wire lent = byTransaction ? free.take() : server;
      relayTransaction(type, client, lent);
      if (byTransaction) {
        free.push(lent);
      }
    }
  }

  /** Returns when the transaction is over that begins with a message of that type. */
  private static void relayTransaction(int first, Wire client, Wire server) throws IOException {
    int type = first;
    while (true) {
      server.send(type, client.body());
      if ((type == 'S' || type == 'Q') && relayUntilReady(server, client) == IDLE) {
        return;
      }
      type = client.in.readByte();
    }
  }

  /** Returns the state of the transaction; hides which process it is, as poolers do. */
  private static int relayUntilReady(Wire server, Wire client) throws IOException {
    while (true) {
      int type = server.in.readByte();
      byte[] body = server.body();
      client.send(type, type == BACKEND_KEY ? new byte[body.length] : body);
      if (type == READY) {
        return body[0];
      }
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (SocketException | EOFException e) {
                // closed
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            },
            "pooler");
    thread.setDaemon(true);
    thread.start();
  }

  /** One connection that speaks PostgreSQL's protocol. */
  private final class Wire {
    private final DataInputStream in;
    private final DataOutputStream out;

    Wire(Socket socket) throws IOException {
      sockets.add(socket);
      socket.setTcpNoDelay(true);
      this.in = new DataInputStream(socket.getInputStream());
      this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    /** What follows a message's type. */
    byte[] body() throws IOException {
      return in.readNBytes(in.readInt() - Integer.BYTES);
    }

    void send(int type, byte[] body) throws IOException {
      out.writeByte(type);
      sendBody(body);
    }

    void sendBody(byte[] body) throws IOException {
      out.writeInt(body.length + Integer.BYTES);
      out.write(body);
      out.flush();
    }
  }
}
