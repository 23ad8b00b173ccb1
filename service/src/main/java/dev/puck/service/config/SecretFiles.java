package dev.puck.service.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Texts that stand in files of their own, as orchestrators hand out secrets. No problem tells what
 * a file holds.
 */
final class SecretFiles {
  private static final int MAX_BYTES = 1 << 16;

  private final Path directory;

  /** Relative paths begin in {@code directory}. */
  SecretFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * The file's text without the line end behind it, which editors add; empty if {@code problem} has
   * heard why it cannot be had.
   */
  String read(String path, Consumer<String> problem) {
    try (InputStream in = Files.newInputStream(directory.resolve(path))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length <= MAX_BYTES) {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.replaceFirst("\\r?\\n\\z", "");
      }
      problem.accept(refusal(path, "is longer than 64 KiB; is it the right one?"));
    } catch (NoSuchFileException | InvalidPathException e) {
      problem.accept(refusal(path, "does not exist; make it, or name another."));
    } catch (AccessDeniedException e) {
      problem.accept(refusal(path, "may not be read by this user; change its permissions."));
    } catch (CharacterCodingException e) {
      problem.accept(refusal(path, "is not UTF-8 text; save it as UTF-8."));
    } catch (IOException e) {
      problem.accept(refusal(path, "cannot be read (" + e.getMessage() + "); name another."));
    }
    return "";
  }

  private static String refusal(String path, String why) {
    return "needs the file " + path + ", which " + why;
  }
}
