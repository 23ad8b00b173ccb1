package dev.puck.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the broker's JVM runs: the jars of this JVM, and our main class in a jar of its own.
 *
 * <p>Directories, as builds put them on the class path, are left out: a {@link ClassArchive} cannot
 * be made with them, and Kafka is in none.
 */
record KafkaClassPath(List<Path> jars) {
  private static final String MAIN_JAR = "kafka-main.jar";

  static KafkaClassPath of(BinaryCache cache) {
    Stream<Path> ours = Stream.of(mainJar(cache));
    Stream<Path> others =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry).toAbsolutePath()) // holds in any working directory
            .filter(Files::isRegularFile);
    return new KafkaClassPath(Stream.concat(ours, others).toList());
  }

  String argument() {
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static Path mainJar(BinaryCache cache) {
    String classFile = KafkaBrokerMain.class.getSimpleName() + ".class";
    return cache
        .unpacked(
            "kafka-main",
            Objects.requireNonNull(KafkaBrokerMain.class.getResource(classFile), classFile),
            KafkaClassPath::packMain)
        .resolve(MAIN_JAR);
  }

  private static void packMain(InputStream classFile, Path target) throws IOException {
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(target.resolve(MAIN_JAR)))) {
      jar.putNextEntry(new JarEntry(KafkaBrokerMain.class.getName().replace('.', '/') + ".class"));
      classFile.transferTo(jar);
      jar.closeEntry();
    }
  }
}
