package dev.puck.cli.secure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A configuration of both processes, right unless it is told otherwise; its secrets lie in files.
 */
final class Settings {
  private static final AtomicInteger SEQUENCE = new AtomicInteger();

  private final Path directory;
  private final SecureServers servers;
  private final String source;
  private final String name = "secure" + SEQUENCE.incrementAndGet();
  private final Map<String, String> kafka = new TreeMap<>();
  private String parameters;
  private String host = "127.0.0.1";
  private String password = SecureServers.PASSWORD;
  private String kafkaPassword = SecureServers.PASSWORD;

  Settings(Path directory, SecureServers servers, String source) throws IOException {
    this.directory = directory;
    this.servers = servers;
    this.source = source;
    Path authority = servers.certificates().certificate("authority");
    this.parameters = "sslmode=verify-full&sslrootcert=" + authority;
    kafka.put("security.protocol", "SASL_SSL");
    kafka.put("sasl.mechanism", "SCRAM-SHA-512");
    kafka.put("ssl.truststore.type", "PEM");
    kafka.put("ssl.truststore.location", authority.toString());
    kafka.put("ssl.keystore.type", "PEM");
    kafka.put("ssl.keystore.location", servers.kafkaKeys("client").toString());
  }

  Settings postgres(String otherParameters) {
    parameters = otherParameters;
    return this;
  }

  Settings host(String other) {
    host = other;
    return this;
  }

  Settings password(String other) {
    password = other;
    return this;
  }

  Settings kafka(String property, String value) {
    kafka.put(property, value);
    return this;
  }

  Settings kafkaPassword(String other) {
    kafkaPassword = other;
    return this;
  }

  /** Where the table's rows go. */
  String topic() {
    return "%s.public.sale_%s".formatted(name, source);
  }

  /** The file. */
  Path write() throws IOException {
    Files.writeString(directory.resolve(name + ".password"), password + "\n");
    Files.writeString(
        directory.resolve(name + ".jaas"),
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\""
                .formatted(SecureServers.USER)
            + " password=\"%s\";\n".formatted(kafkaPassword));
    return Files.writeString(
        directory.resolve(name + ".yaml"),
        """
        kafka:
          bootstrap-servers: %s
          properties:
            sasl.jaas.config: ${file:%s.jaas}
        %s
        bridge:
          name: %2$s
          source: %s
          wal: {slot: %2$s, publication: %2$s}
          topics: {prefix: %2$s.}
          postgres:
            url: '%s'
            user: %s
            password: ${file:%2$s.password}
        consumer:
          name: %2$s
          caches:
            - name: sales
              topics: [%2$s.public.sale_%4$s]
        """
            .formatted(
                servers.bootstrapServers(),
                name,
                kafka.entrySet().stream()
                    .map(each -> "    %s: '%s'".formatted(each.getKey(), each.getValue()))
                    .collect(Collectors.joining("\n")),
                source,
                servers.url(host, parameters),
                SecureServers.USER));
  }
}
