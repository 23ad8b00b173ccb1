package dev.puck.cli.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.Bridge;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.cli.CommandRun;
import dev.puck.client.CacheClient;
import dev.puck.client.CacheRead;
import dev.puck.consumer.Projector;
import dev.puck.consumer.config.ConsumerConfig;
import dev.puck.service.config.ConfigLoader;
import dev.puck.service.connection.KafkaConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both processes where nothing is reached without TLS and a password. */
class SecureServersIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private static Path directory;
  private static SecureServers servers;

  @BeforeAll
  static void start() throws Exception {
    servers = SecureServers.start(directory);
    Certificates.in(directory.resolve("others"), "other");
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"outbox", "wal"})
  void shouldCarryChangesFromEndToEnd(String source) throws Exception {
    // Given
    String table = "sale_" + source;
    Settings settings = settings(source);
    servers.run("create table " + table + " (id int primary key, amount int)");
    servers.run("grant select on " + table + " to " + SecureServers.USER);
    Path file = settings.write();
    install(source, table, file);
    servers.run("grant puck_bridge to " + SecureServers.USER);
    ConfigLoader loader = new ConfigLoader(Map.of());
    KafkaConfig kafka = loader.loadGroup(file, "kafka", KafkaConfig.class);

    // When
    try (Bridge bridge =
        Bridge.start(loader.loadGroup(file, "bridge", BridgeConfig.class), kafka)) {
      servers.run("insert into " + table + " values (1, 25)");
      await().atMost(PATIENCE).until(() -> servers.topics().contains(settings.topic()));
      assertThat(bridge.url()).startsWith("http://127.0.0.1:");

      // Then
      try (Projector consumer =
          Projector.start(loader.loadGroup(file, "consumer", ConsumerConfig.class), kafka)) {
        CacheClient client = CacheClient.of(URI.create(consumer.url()));
        await().atMost(PATIENCE).until(() -> isServed(client));
      }
    }
  }

  private static boolean isServed(CacheClient client) throws IOException, InterruptedException {
    return client.get("sales", "1") instanceof CacheRead.Found found
        && found.value().path("amount").asInt() == 25;
  }

  @Test
  void shouldRefuseAServerOfAnotherAuthority() throws IOException {
    assertThat(refused(settings("outbox").postgres("sslmode=verify-full&sslrootcert=" + other())))
        .contains("unable to find valid certification path");
  }

  @Test
  void shouldRefuseAServerOfAnotherName() throws IOException {
    assertThat(refused(settings("outbox").host("localhost"))).contains("localhost");
  }

  @Test
  void shouldSayThatTlsIsAskedFor() throws IOException {
    assertThat(refused(settings("outbox").postgres("sslmode=disable")))
        .contains("no pg_hba.conf entry", "no encryption");
  }

  @Test
  void shouldSayThatThePasswordIsWrong() throws IOException {
    assertThat(refused(settings("outbox").password("guess")))
        .contains("password authentication failed for user \"puck_service\"");
  }

  @Test
  void shouldRefuseAKafkaOfAnotherAuthority() throws IOException {
    assertThat(refused(settings("outbox").kafka("ssl.truststore.location", other())))
        .contains("SSL handshake failed");
  }

  @Test
  void shouldSayThatKafkaRefusesThePassword() throws IOException {
    assertThat(refused(settings("outbox").kafkaPassword("guess")))
        .contains("Authentication failed during authentication due to invalid credentials");
  }

  private static void install(String source, String table, Path file) {
    if (source.equals("wal")) {
      expectSuccess(file, "init", "--source", source, "--table", table);
    } else {
      expectSuccess(file, "init");
      expectSuccess(file, "watch", table);
    }
  }

  private static void expectSuccess(Path file, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--user", "postgres", "--config", file.toString()));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  private static Settings settings(String source) throws IOException {
    return new Settings(directory, servers, source);
  }

  private static String other() {
    return directory.resolve("others/other.crt").toString();
  }

  /** What a bridge says that cannot start; never a secret. */
  private static String refused(Settings settings) throws IOException {
    CommandRun run = CommandRun.of("bridge", "--config", settings.write().toString());
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.out() + run.err())
        .doesNotContain(SecureServers.PASSWORD, "guess", "PRIVATE KEY", "\tat ");
    return run.err();
  }
}
