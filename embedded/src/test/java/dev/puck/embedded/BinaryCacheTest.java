package dev.puck.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheTest {
  private final AtomicInteger unpacked = new AtomicInteger();
  @TempDir private Path temporary;
  private BinaryCache cache;
  private URL archive;

  @BeforeEach
  void setUp() throws IOException {
    cache = new BinaryCache(temporary.resolve("cache"));
    cache.claim(CurrentUser.find());
    archive = Files.writeString(temporary.resolve("archive"), "program").toUri().toURL();
  }

  @Test
  void shouldUnpackOnce() {
    // When
    Path first = unpack();
    Path second = unpack();

    // Then
    assertThat(first).isEqualTo(second);
    assertThat(first.resolve("bin/program")).hasContent("program");
    assertThat(unpacked).hasValue(1);
  }

  @Test
  void shouldUnpackAnotherArchiveElsewhere() throws IOException {
    // Given
    Path first = unpack();

    // When
    Files.writeString(temporary.resolve("archive"), "newer program");
    Path second = unpack();

    // Then
    assertThat(first.resolve("bin/program")).hasContent("program");
    assertThat(second.resolve("bin/program")).hasContent("newer program");
  }

  @Test
  void shouldReplaceAnEntryThatLostAFile() throws IOException {
    // Given
    Files.delete(unpack().resolve("bin/program"));

    // When
    Path again = unpack();

    // Then
    assertThat(again.resolve("bin/program")).hasContent("program");
  }

  @Test
  void shouldLeaveOneWholeEntryWhenManyUnpackAtOnce() throws Exception {
    // Given
    List<Callable<Path>> callers =
        Stream.generate(() -> (Callable<Path>) this::unpack).limit(8).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);

    // When
    List<Future<Path>> results = threads.invokeAll(callers);
    threads.shutdown();

    // Then
    for (Future<Path> result : results) {
      assertThat(result.get().resolve("bin/program")).hasContent("program");
    }
    try (Stream<Path> entries = Files.list(temporary.resolve("cache"))) {
      assertThat(entries).hasSize(1);
    }
  }

  @Test
  void shouldRefuseADirectoryThatOthersMayWriteTo() {
    // Given
    Directories.setPermissions(temporary.resolve("cache"), "rwxrwxrwx");

    // When, Then
    assertThatThrownBy(() -> cache.claim(CurrentUser.find()))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("Remove it");
  }

  @Test
  void shouldRefuseADirectoryOfSomebodyElse() {
    // Given
    CurrentUser other = new CurrentUser(CurrentUser.find().id() + 1, "other");

    // When, Then
    assertThatThrownBy(() -> cache.claim(other)).isInstanceOf(ServerException.class);
  }

  @Test
  void shouldRefuseALinkInPlaceOfTheDirectory() throws IOException {
    // Given
    Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("cache"));

    // When, Then
    assertThatThrownBy(() -> new BinaryCache(link).claim(CurrentUser.find()))
        .isInstanceOf(ServerException.class);
  }

  private Path unpack() {
    return cache.unpacked("server", archive, this::unpackTo);
  }

  private void unpackTo(InputStream in, Path target) throws IOException {
    unpacked.incrementAndGet();
    Files.createDirectories(target.resolve("bin"));
    Files.copy(in, target.resolve("bin/program"));
  }
}
