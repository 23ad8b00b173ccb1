package dev.puck.cli.secure;

import dev.puck.embedded.EmbeddedConfig;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.ServerConfig;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * PostgreSQL and Kafka as in production: TLS alone, with certificates of an authority, and SCRAM
 * for passwords. Kafka asks for a client's certificate as well. Their administrators have doors of
 * their own.
 */
final class SecureServers implements AutoCloseable {
  static final String USER = "puck_service";
  static final String PASSWORD = "correct horse battery staple";
  static final String DATABASE = "shop";

  private final Path directory;
  private final EmbeddedServers servers;
  private final int securePort = freePort();
  private final int adminPort = freePort();
  private final Certificates certificates;

  private SecureServers(Path directory) throws Exception {
    this.directory = directory;
    this.certificates = Certificates.in(directory.resolve("certificates"), "authority");
    certificates.sign("server", "ip:127.0.0.1");
    certificates.sign("client", "dns:client");
    this.servers =
        EmbeddedServers.in(
            directory.resolve("servers"), EmbeddedConfig.defaults().withKafka(kafkaConfig()));
  }

  /** All of them, started; their files lie in {@code directory}. */
  static SecureServers start(Path directory) throws Exception {
    SecureServers secure = new SecureServers(directory);
    secure.securePostgres();
    secure.secureKafka();
    return secure;
  }

  /** What the servers and the client are known by. */
  Certificates certificates() {
    return certificates;
  }

  /** JDBC's URL. */
  String url(String host, String parameters) {
    return "jdbc:postgresql://%s:%d/%s?%s"
        .formatted(host, servers.postgres().port(), DATABASE, parameters);
  }

  /** Where clients of the secured Kafka connect. */
  String bootstrapServers() {
    return "127.0.0.1:" + securePort;
  }

  /** The file that Kafka's clients find their certificate and its key in. */
  Path kafkaKeys(String name) throws IOException {
    return Files.writeString(
        directory.resolve(name + ".pem"),
        Files.readString(certificates.key(name))
            + Files.readString(certificates.certificate(name)));
  }

  /** Connects the superuser, who needs no TLS. */
  Connection administrator() throws SQLException {
    return servers.postgres().connect(DATABASE);
  }

  /** The topics that there are. */
  Set<String> topics() throws Exception {
    try (Admin admin = kafkaAdministrator()) {
      return admin.listTopics().names().get();
    }
  }

  /** Runs SQL as the superuser. */
  void run(String sql) throws SQLException {
    try (Connection connection = administrator();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    servers.close();
  }

  private void securePostgres() throws Exception {
    servers.postgres().createDatabase(DATABASE);
    Path data = servers.directory().resolve("postgres").resolve("data");
    give(data, "server.crt", Files.readString(certificates.certificate("server")));
    give(data, "server.key", Files.readString(certificates.key("server")));
    Files.writeString(
        data.resolve("puck_hba.conf"),
        """
        host    all         postgres 127.0.0.1/32 trust
        hostssl all         all      127.0.0.1/32 scram-sha-256
        hostssl replication all      127.0.0.1/32 scram-sha-256
        """,
        StandardOpenOption.TRUNCATE_EXISTING);
    run("alter system set ssl = on");
    run("select pg_reload_conf()");
    run(
        "create role %s login replication password '%s'; grant create on database %s to %1$s"
            .formatted(USER, PASSWORD, DATABASE));
  }

  /** PostgreSQL wants a key that is its own and nobody else's. */
  private static void give(Path data, String name, String text) throws IOException {
    Path file = Files.writeString(data.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.setOwner(file, Files.getOwner(data));
  }

  private void secureKafka() throws Exception {
    servers.kafka();
    try (Admin admin = kafkaAdministrator()) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      USER, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), PASSWORD)))
          .all()
          .get();
    }
  }

  private Admin kafkaAdministrator() {
    return Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + adminPort));
  }

  private ServerConfig kafkaConfig() throws IOException {
    int controllerPort = freePort();
    Properties settings = new Properties();
    settings.load(
        new StringReader(
            """
            listeners=SECURE://127.0.0.1:%1$d,ADMIN://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d
            advertised.listeners=SECURE://127.0.0.1:%1$d,ADMIN://127.0.0.1:%2$d
            listener.security.protocol.map=SECURE:SASL_SSL,ADMIN:PLAINTEXT,CONTROLLER:PLAINTEXT
            inter.broker.listener.name=ADMIN
            controller.quorum.voters=1@127.0.0.1:%3$d
            sasl.enabled.mechanisms=SCRAM-SHA-512
            listener.name.secure.scram-sha-512.sasl.jaas.config=\
              org.apache.kafka.common.security.scram.ScramLoginModule required;
            listener.name.secure.ssl.client.auth=required
            listener.name.secure.ssl.keystore.type=PEM
            listener.name.secure.ssl.keystore.location=%4$s
            listener.name.secure.ssl.truststore.type=PEM
            listener.name.secure.ssl.truststore.location=%5$s
            """
                .formatted(
                    securePort,
                    adminPort,
                    controllerPort,
                    kafkaKeys("server"),
                    certificates.certificate("authority"))));
    ServerConfig config = ServerConfig.defaults().withPort(securePort);
    for (String name : settings.stringPropertyNames()) {
      config = config.withSetting(name, settings.getProperty(name));
    }
    return config;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
