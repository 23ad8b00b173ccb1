package dev.puck.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the broker's JVM runs: the jars of this JVM, and each of our classes in a jar of its own.
 *
 * <p>Left out is what a {@link ClassArchive} cannot be made with, or would be outdated by at every
 * build, and what Kafka does not need: directories, and Puck's own jars, in whose place come those
 * that their manifests name.
 *
 * @param jars files, in the order in which classes are looked for
 */
record KafkaClassPath(List<Path> jars) {
  private static final List<Class<?>> MAIN = List.of(KafkaBrokerMain.class, KilledBroker.class);
  private static final String OURS = "dev/puck/";
  private static final String KAFKA = "kafka/Kafka.class";

  static KafkaClassPath of(BinaryCache cache) {
    Collector collector = new Collector();
    MAIN.forEach(type -> collector.jars.add(jarOf(type, cache)));
    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath()) // holds in any working directory
        .forEach(collector::collect);
    return new KafkaClassPath(List.copyOf(collector.jars));
  }

  String argument() {
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static Path jarOf(Class<?> type, BinaryCache cache) {
    String classFile = type.getSimpleName() + ".class";
    String jar = type.getSimpleName() + ".jar";
    return cache
        .unpacked(
            "kafka-" + type.getSimpleName(),
            Objects.requireNonNull(type.getResource(classFile), classFile),
            (in, target) -> pack(type, in, target.resolve(jar)))
        .resolve(jar);
  }

  private static void pack(Class<?> type, InputStream classFile, Path target) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(target))) {
      jar.putNextEntry(new JarEntry(type.getName().replace('.', '/') + ".class"));
      classFile.transferTo(jar);
      jar.closeEntry();
    }
  }

  /** Goes through jars and the jars that these name; each is looked at once. */
  static final class Collector {
    final Set<Path> jars = new LinkedHashSet<>();
    private final Set<Path> seen = new HashSet<>();

    /** Adds the jar, or, where it is only Puck's, those that its manifest names. */
    void collect(Path jar) {
      if (!seen.add(jar.normalize()) || !Files.isRegularFile(jar)) {
        return;
      }
      try (JarFile file = new JarFile(jar.toFile())) {
        if (file.getEntry(OURS) == null || file.getEntry(KAFKA) != null) {
          jars.add(jar);
        } else {
          manifestClassPath(file).forEach(name -> collect(resolve(jar, name)));
        }
      } catch (IOException e) {
        jars.add(jar); // no jar after all; Java ignores such entries by itself
      }
    }

    private static Stream<String> manifestClassPath(JarFile file) throws IOException {
      if (file.getManifest() == null) {
        return Stream.empty();
      }
      String names = file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      return names == null || names.isBlank()
          ? Stream.empty()
          : Stream.of(names.strip().split("\\s+", -1));
    }

    private static Path resolve(Path jar, String name) {
      return Path.of(jar.toUri().resolve(name));
    }
  }
}
