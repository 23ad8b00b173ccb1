package dev.puck.lab.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.service.retry.TransientException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A bridge in a JVM of its own, as small as it is promised to do with. Used by one thread. */
public final class BridgeProcess implements AutoCloseable {
  /** As {@code ./puck} has it, and as small as it is promised to do with. */
  public static final String HEAP = "128m";

  static final String STARTED = "started ";
  static final String COLLECT = "collect";
  static final String LIVE = "live ";
  static final String CHANGE = "change ";

  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(10);
  private static final Duration ENDING = Duration.ofSeconds(1);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ChildJvm jvm;
  private final HttpClient http = HttpClient.newHttpClient();
  private long startedAt;
  private HttpRequest question;

  private BridgeProcess(ChildJvm jvm, String url) {
    this.jvm = jvm;
    this.startedAt = System.nanoTime();
    this.question = question(url);
  }

  /** Heap and collector of every bridge here, as {@code ./puck} has it, and of its peers. */
  public static List<String> jvmOptions(String heap) {
    return List.of(
        "-Xmx" + heap,
        "-XX:+UseSerialGC",
        "-XX:NewRatio=1",
        "-XX:SurvivorRatio=4",
        "-XX:+ExitOnOutOfMemoryError",
        "-Xshare:auto");
  }

  /**
   * Starts one, and returns when it relays.
   *
   * @param config its configuration file
   * @param log what it logs is appended to this file
   * @param jvmOptions its heap and collector
   * @throws TransientException with the end of its log if it does not start
   */
  public static BridgeProcess start(Path config, Path log, List<String> jvmOptions)
      throws InterruptedException {
    ChildJvm jvm =
        ChildJvm.start(
            new ChildJvm.Launch(
                "bridge", jvmOptions, BridgeMain.class, List.of(config.toString()), log));
    try {
      String url = jvm.await(STARTED, START_PATIENCE);
      return new BridgeProcess(jvm, url);
    } catch (RuntimeException | InterruptedException e) {
      jvm.close();
      throw e;
    }
  }

  /**
   * What the bridge says of itself.
   *
   * @param received changes read
   * @param published events handed to Kafka
   * @param pending events that Kafka has not acknowledged, or not committed
   * @param gaps times that it lost events
   */
  public record Status(long received, long published, long pending, long gaps) {}

  /**
   * Ends its bridge and begins another one in the same JVM, which is warm then; returns when that
   * relays.
   *
   * @param config the other one's configuration file
   * @throws TransientException with the end of its log if it does not start
   */
  public void change(Path config) throws InterruptedException {
    jvm.tell(CHANGE + config);
    question = question(jvm.await(STARTED, START_PATIENCE));
    startedAt = System.nanoTime();
  }

  /** Its process. */
  public long processId() {
    return jvm.processId();
  }

  /** When it said that it relays, by {@code System.nanoTime}. */
  public long startedAt() {
    return startedAt;
  }

  /**
   * Asks it.
   *
   * @throws TransientException if it does not answer
   */
  public Status status() throws InterruptedException {
    jvm.requireRunning();
    try {
      JsonNode status =
          JSON.readTree(http.send(question, HttpResponse.BodyHandlers.ofString()).body());
      return new Status(
          status.path("received").asLong(),
          status.path("published").asLong(),
          status.path("pending").asLong(),
          status.path("gaps").asLong());
    } catch (IOException e) {
      // Why it ended says more than that it does not answer.
      jvm.requireRunningFor(ENDING);
      throw new TransientException("The bridge does not answer at " + question.uri(), e);
    }
  }

  /**
   * Makes it collect its garbage, and says what is left in its heap, in bytes.
   *
   * @throws TransientException if it does not answer
   */
  public long collect() throws InterruptedException {
    jvm.tell(COLLECT);
    return Long.parseLong(jvm.await(LIVE, ANSWER_PATIENCE));
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() throws InterruptedException {
    jvm.kill();
  }

  /** Ends it gently. */
  @Override
  public void close() {
    jvm.close();
  }

  private static HttpRequest question(String url) {
    return HttpRequest.newBuilder(URI.create(url + "/status")).timeout(ANSWER_PATIENCE).build();
  }
}
