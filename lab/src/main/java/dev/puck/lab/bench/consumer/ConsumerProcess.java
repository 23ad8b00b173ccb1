package dev.puck.lab.bench.consumer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.lab.bench.machine.CpuTime;
import dev.puck.lab.bench.stage.Stage;
import dev.puck.lab.process.BridgeProcess;
import dev.puck.lab.process.ChildJvm;
import dev.puck.service.retry.TransientException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A consumer in a JVM of its own. Used by one thread. */
final class ConsumerProcess implements AutoCloseable {
  /** Room for a million entries. */
  static final String HEAP = "2g";

  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Stage stage;
  private final ChildJvm jvm;
  private final HttpClient http = HttpClient.newHttpClient();
  private URI url;

  private ConsumerProcess(Stage stage, ChildJvm jvm, URI url) {
    this.stage = stage;
    this.jvm = jvm;
    this.url = url;
  }

  /**
   * Starts one, and returns when it answers HTTP.
   *
   * @throws TransientException with the end of its log if it does not start
   */
  static ConsumerProcess start(ConsumerSettings settings, Stage stage) throws InterruptedException {
    ChildJvm jvm =
        ChildJvm.start(
            new ChildJvm.Launch(
                "consumer",
                jvmOptions(),
                ConsumerMain.class,
                List.of(settings.write(stage).toString()),
                stage.logFile()));
    try {
      return new ConsumerProcess(stage, jvm, started(jvm));
    } catch (RuntimeException | InterruptedException e) {
      jvm.close();
      throw e;
    }
  }

  /** Heap and collector of every consumer here, and of what they are compared with. */
  static List<String> jvmOptions() {
    return BridgeProcess.jvmOptions(HEAP);
  }

  /** Ends its consumer and begins another one in the same JVM, which is warm then. */
  void change(ConsumerSettings settings) throws InterruptedException {
    jvm.tell(settings.write(stage).toString());
    url = started(jvm);
  }

  /**
   * Waits until its projection serves.
   *
   * @param events that it must have applied then
   * @throws TransientException if it takes longer, or has applied others
   */
  Filling awaitFilled(long events, Duration atMost) throws InterruptedException {
    Filling filling = Filling.parse(jvm.await(ConsumerMain.FILLED, atMost));
    if (filling.events() != events) {
      throw new TransientException(
          "Of %,d events the consumer applied %,d; this is a fault in Puck."
              .formatted(events, filling.events()));
    }
    return filling;
  }

  /** How many events it has applied. */
  long events() throws InterruptedException {
    jvm.requireRunning();
    HttpRequest question = HttpRequest.newBuilder(url.resolve("/status")).build();
    try {
      return JSON.readTree(http.send(question, HttpResponse.BodyHandlers.ofString()).body())
          .at("/projections/0/events")
          .asLong();
    } catch (IOException e) {
      throw new TransientException("The consumer does not answer at " + url, e);
    }
  }

  /** How much of the processors its process has used. */
  CpuTime cpu() {
    return CpuTime.of(Set.of(jvm.processId()));
  }

  /** Where it answers. */
  URI url() {
    return url;
  }

  /** SIGKILL; returns when it is gone. */
  void kill() throws InterruptedException {
    jvm.kill();
  }

  /** Ends it gently. */
  @Override
  public void close() {
    jvm.close();
  }

  private static URI started(ChildJvm jvm) throws InterruptedException {
    return URI.create(jvm.await(ConsumerMain.STARTED, START_PATIENCE));
  }
}
