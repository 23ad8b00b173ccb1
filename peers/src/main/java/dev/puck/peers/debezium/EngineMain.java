package dev.puck.peers.debezium;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Relays what whoever started it asks for, one line each, until its standard input ends: {@code
 * drain SLOT TOPIC COUNT} answers {@code drained NANOSECONDS}; {@code relay SLOT TOPIC} answers
 * {@code relaying}, and the next line ends that, which answers {@code stopped}.
 */
public final class EngineMain {
  private final PrintStream out =
      new PrintStream(System.out, /* autoFlush= */ true, StandardCharsets.UTF_8);
  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final EngineSettings settings;
  private final String kafka;

  private EngineMain(EngineSettings settings, String kafka) {
    this.settings = settings;
    this.kafka = kafka;
  }

  /** Takes PostgreSQL's port, database, user, publication, a directory, and Kafka. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    EngineSettings settings =
        new EngineSettings(
            arguments[0], arguments[1], arguments[2], arguments[3], Path.of(arguments[4]));
    new EngineMain(settings, arguments[5]).run();
  }

  private void run() throws IOException, InterruptedException {
    out.println("ready");
    for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("drain")) {
        drain(words[1], words[2], Long.parseLong(words[3]));
      } else {
        relay(words[1], words[2]);
      }
    }
    Runtime.getRuntime().halt(0);
  }

  @SuppressWarnings("try") // The engine works by being there.
  private void drain(String slot, String topic, long count)
      throws IOException, InterruptedException {
    try (Forwarder forwarder = new Forwarder(kafka, topic, count);
        Engine engine = Engine.start(settings.of(slot), forwarder)) {
      long begin = System.nanoTime();
      forwarder.awaitDrained();
      out.println("drained " + (System.nanoTime() - begin));
    }
    out.println("stopped");
  }

  @SuppressWarnings("try") // The engine works by being there.
  private void relay(String slot, String topic) throws IOException, InterruptedException {
    try (Forwarder forwarder = new Forwarder(kafka, topic, Long.MAX_VALUE);
        Engine engine = Engine.start(settings.of(slot), forwarder)) {
      out.println("relaying");
      in.readLine();
    }
    out.println("stopped");
  }
}
