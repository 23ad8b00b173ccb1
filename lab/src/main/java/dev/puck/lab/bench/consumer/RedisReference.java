package dev.puck.lab.bench.consumer;

import dev.puck.service.retry.TransientException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a cache in Redis is compared with: the same call again and again, each time with another
 * key, so many before an answer is waited for. {@code redis-benchmark}, if it is in the path.
 */
final class RedisReference {
  /** As many calls as a cache sends before it waits. */
  static final int DEPTH = 5_000;

  private static final String NAME = "redis-benchmark";
  private static final int DIGITS = 12;

  private final int port;
  private final Optional<Path> program;

  private RedisReference(int port, Optional<Path> program) {
    this.port = port;
    this.program = program;
  }

  static RedisReference find(int port) {
    return new RedisReference(
        port,
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .map(directory -> Path.of(directory, NAME))
            .filter(Files::isExecutable)
            .findFirst());
  }

  /** For a person. */
  String text() {
    return program.map(Path::toString).orElse("no " + NAME + " in the path; a bare socket");
  }

  /** For a program. */
  String id() {
    return program.isPresent() ? "redis_benchmark" : "bare_socket";
  }

  /**
   * Calls a second.
   *
   * @param log what it says is there, and nothing else
   */
  double run(Evalsha call, String keyPrefix, int calls, Path log)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    if (program.isPresent()) {
      run(program.get(), call.withKey(keyPrefix + "__rand_int__"), calls, log);
    } else {
      runBare(call, keyPrefix, calls);
    }
    return calls * 1e9 / (System.nanoTime() - begin);
  }

  private void run(Path benchmark, Evalsha call, int calls, Path log)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(benchmark.toString(), "-h", "127.0.0.1", "-p", port + "", "-q"));
    // Keys out of so many that hardly one comes twice.
    command.addAll(List.of("-r", "999999999", "-c", "1", "-P", DEPTH + "", "-n", calls + ""));
    command.addAll(call.texts());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(Duration.ofMinutes(5).toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TransientException(NAME + " took over five minutes");
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new TransientException(NAME + " failed: " + Files.readString(log));
    }
  }

  /** The commands are made once; only the digits in their keys change. */
  private void runBare(Evalsha call, String keyPrefix, int calls) throws IOException {
    byte[] one = RedisConnection.encode(call.withKey(keyPrefix + "0".repeat(DIGITS)).words());
    int digits =
        new String(one, StandardCharsets.ISO_8859_1).indexOf(keyPrefix + "0".repeat(DIGITS))
            + keyPrefix.length();
    byte[] commands = new byte[one.length * DEPTH];
    for (int i = 0; i < DEPTH; i++) {
      System.arraycopy(one, 0, commands, i * one.length, one.length);
    }
    try (RedisConnection connection = RedisConnection.open(port)) {
      for (int sent = 0; sent < calls; sent += DEPTH) {
        for (int i = 0; i < DEPTH; i++) {
          number(commands, i * one.length + digits, sent + i);
        }
        connection.send(commands);
        for (int i = 0; i < DEPTH; i++) {
          connection.line();
        }
      }
    }
  }

  private static void number(byte[] commands, int at, int number) {
    int rest = number;
    for (int i = at + DIGITS - 1; i >= at; i--) {
      commands[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
