package dev.puck.embedded;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A real Redis. It keeps an append-only file, so that a killed one comes back with its data. */
public final class EmbeddedRedis extends EmbeddedServer {
  private static final int PING_TIMEOUT_MILLIS = 1_000;
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Path program;
  private final ServerConfig config;

  private EmbeddedRedis(Path directory, ServerConfig config) {
    super("redis", directory, config.port());
    this.program = RedisBinaries.server();
    this.config = config;
  }

  /**
   * Starts a server on the data in the directory, which is made when there is none.
   *
   * @throws ServerException with the end of the log when it does not start
   */
  public static EmbeddedRedis startIn(Path directory, ServerConfig config) {
    EmbeddedRedis redis = new EmbeddedRedis(directory, config);
    redis.start();
    return redis;
  }

  /** Where clients find it, as {@code redis://HOST:PORT}. */
  public String url() {
    return "redis://" + host() + ":" + port();
  }

  @Override
  void prepare() {
    Directories.create(data());
  }

  @Override
  List<String> command(int listenPort) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    settings(listenPort).forEach((name, value) -> command.addAll(List.of("--" + name, value)));
    return command;
  }

  @Override
  String stopSignal() {
    return "TERM";
  }

  /** Answers PING only once the data is loaded. */
  @Override
  boolean isReady(int listenPort, long processId) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PING_TIMEOUT_MILLIS);
      socket.connect(Loopback.address(listenPort), PING_TIMEOUT_MILLIS);
      socket.getOutputStream().write(PING);
      return socket.getInputStream().read() == '+';
    } catch (IOException e) {
      return false;
    }
  }

  private Map<String, String> settings(int listenPort) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("port", Integer.toString(listenPort));
    settings.put("bind", Loopback.HOST);
    settings.put("dir", data().toString());
    settings.put("save", "");
    settings.put("appendonly", "yes");
    settings.put("appendfsync", config.durable() ? "always" : "no");
    return config.settingsOver(settings);
  }

  private Path data() {
    return directory().resolve("data");
  }
}
