package dev.puck.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();
  @TempDir private Path directory;

  @Test
  void shouldUnpackFilesDirectoriesAndLinks() throws IOException {
    // Given
    entry("bin/", '5', "0755", "", "");
    entry("bin/run", '0', "0755", "", "#!/bin/sh");
    entry("share/text", '0', "0644", "", "x".repeat(1_000));
    entry("bin/alias", '2', "0777", "run", "");

    // When
    unpack();

    // Then
    assertThat(target().resolve("bin/run")).isExecutable().hasContent("#!/bin/sh");
    assertThat(target().resolve("share/text")).hasSize(1_000);
    assertThat(Files.isExecutable(target().resolve("share/text"))).isFalse();
    assertThat(target().resolve("bin/alias")).isSymbolicLink().hasContent("#!/bin/sh");
  }

  @Test
  void shouldReadLongNames() throws IOException {
    // Given
    String name = "d/".repeat(100) + "file";
    entry("././@LongLink", 'L', "0644", "", name + "\0");
    entry(name.substring(0, 99), '0', "0644", "", "content");

    // When
    unpack();

    // Then
    assertThat(target().resolve(name)).hasContent("content");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "/tmp/evil", "a/../../evil", "../target-sibling/evil"})
  void shouldRefuseNamesThatLeadOut(String name) throws IOException {
    // Given
    entry(name, '0', "0644", "", "evil");

    // When, Then
    assertThatThrownBy(this::unpack).isInstanceOf(IOException.class).hasMessageContaining(name);
    assertThat(directory).isDirectoryNotContaining("glob:**evil");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "/etc", "a/../../.."})
  void shouldRefuseLinksThatLeadOut(String linkName) throws IOException {
    // Given
    entry("link", '2', "0777", linkName, "");
    entry("link/evil", '0', "0644", "", "evil");

    // When, Then
    assertThatThrownBy(this::unpack).isInstanceOf(IOException.class).hasMessageContaining("link");
    assertThat(target()).isEmptyDirectory();
  }

  @Test
  void shouldFailOnAnArchiveThatEndsEarly() throws IOException {
    // Given
    entry("file", '0', "0644", "", "x".repeat(1_000));
    byte[] cut = Arrays.copyOf(tar.toByteArray(), BLOCK + 700);

    // When, Then
    assertThatThrownBy(() -> TarReader.unpack(new ByteArrayInputStream(cut), target()))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("300 bytes");
  }

  private Path target() throws IOException {
    return Files.createDirectories(directory.resolve("target"));
  }

  private void unpack() throws IOException {
    tar.write(new byte[2 * BLOCK]);
    TarReader.unpack(new ByteArrayInputStream(tar.toByteArray()), target());
  }

  private void entry(String name, char type, String mode, String linkName, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, mode);
    put(header, 124, Integer.toOctalString(bytes.length));
    header[156] = (byte) type;
    put(header, 157, linkName);
    tar.write(header);
    tar.write(bytes);
    tar.write(new byte[(BLOCK - bytes.length % BLOCK) % BLOCK]);
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }
}
