package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.embedded.EmbeddedKafka;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While Kafka is away, what was received waits; afterwards it is there, once, in order. */
@ExtendWith(PuckExtension.class)
class KafkaOutageIT {
  private static EmbeddedServers servers;
  private static EmbeddedKafka kafka;

  enum Outage {
    STOP {
      @Override
      void begin() {
        kafka.stop();
      }

      @Override
      void end() {
        kafka.start();
      }
    },
    KILL {
      @Override
      void begin() {
        kafka.kill();
      }

      @Override
      void end() {
        kafka.start();
      }
    },
    PAUSE {
      @Override
      void begin() {
        kafka.pause();
      }

      @Override
      void end() {
        kafka.resume();
      }
    };

    abstract void begin();

    abstract void end();
  }

  @BeforeAll
  static void startKafka() {
    servers = EmbeddedServers.inTemporaryDirectory();
    kafka = servers.kafka();
  }

  @AfterAll
  static void stopKafka() {
    servers.close();
  }

  @BeforeEach
  void shouldRun() {
    kafka.start();
  }

  @ParameterizedTest
  @EnumSource
  void shouldLoseAndDoubleNothing(Outage outage, TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup = setup(environment).partitions(1);
    try (Bridge bridge = setup.start();
        Connection connection = environment.connect();
        TopicReader reader = setup.read("c");
        Traffic traffic = Traffic.start(connection, "c")) {
      reader.awaitMessages(50);

      // When
      outage.begin();
      traffic.awaitMore(300);
      outage.end();
      reader.awaitMessages(350);
      List<String> sent = traffic.awaitMore(100).stop();

      // Then
      reader.awaitMessages(sent.size());
      assertThat(reader.all()).extracting(Event::value).isEqualTo(sent);
      assertThat(reader.messages())
          .extracting(event -> event.headers().get("puck.position"))
          .isSorted()
          .doesNotHaveDuplicates();
      await().until(() -> bridge.status().pending() == 0);
      assertThat(bridge.status().gaps()).isZero();
    }
  }

  @Test
  @Timeout(30)
  void shouldCloseWhileKafkaIsAway(TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup = setup(environment).partitions(1);
    try (Connection connection = environment.connect()) {
      try (Bridge bridge = setup.start()) {
        BridgeSetup.notify(connection, "c", "1");
        await().until(() -> bridge.status().published() == 1 && bridge.status().pending() == 0);
        kafka.stop();
        BridgeSetup.notify(connection, "c", "not published");
        await().until(() -> bridge.status().received() == 2);

        // When
      }

      // Then
      assertThat(threadsOf(environment.name())).isEmpty();
      kafka.start();
      try (Bridge second = setup.start();
          TopicReader reader = setup.read("c")) {
        reader.awaitUntil(read -> read.size() == 2);
        assertThat(reader.values()).containsExactly("1");
        assertThat(reader.gaps()).as("it covers what was not published").hasSize(1);
        assertThat(second.status().gaps()).isEqualTo(1);
      }
    }
  }

  @Test
  void shouldPublishWhatWaitedForATopicThatWasDeleted(TestEnvironment environment)
      throws Exception {
    // Given
    BridgeSetup setup = setup(environment).partitions(1);
    try (Bridge bridge = setup.start();
        Connection connection = environment.connect();
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      BridgeSetup.notify(connection, "c", "before");
      await().until(() -> bridge.status().published() == 1 && bridge.status().pending() == 0);

      // When
      admin.deleteTopics(List.of(setup.topic("c"))).all().get();
      BridgeSetup.notify(connection, "c", "1");
      BridgeSetup.notify(connection, "c", "2");
      await().until(() -> bridge.status().pending() > 0);
      admin.createTopics(Set.of(new NewTopic(setup.topic("c"), 1, (short) 1))).all().get();

      // Then
      try (TopicReader reader = setup.read("c")) {
        reader.awaitMessages(2);
        assertThat(reader.values()).containsExactly("1", "2");
      }
    }
  }

  private static BridgeSetup setup(TestEnvironment environment) {
    return new BridgeSetup(environment.name(), environment.url(), kafka.bootstrapServers())
        .route("c", "c", null);
  }

  private static List<String> threadsOf(String bridge) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.endsWith("-" + bridge))
        .toList();
  }
}
