package dev.puck.service.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a YAML file as a record, with {@code ${ENV}} and {@code ${file:PATH}} replaced. */
public final class ConfigLoader {
  private static final int MAX_BYTES = 1 << 20;

  private final Map<String, String> environment;

  /** References are looked up in {@code environment}. */
  public ConfigLoader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * The file's settings.
   *
   * @throws ConfigException with every problem of the file, if there is one
   */
  public <T extends Record> T load(Path file, Class<T> type) {
    return parse(read(file), file, type);
  }

  /**
   * One group of the file, for who needs no other; the others may be missing or wrong.
   *
   * @param group its path, such as {@code bridge.postgres}
   * @throws ConfigException with every problem of the group, if there is one
   */
  public <T extends Record> T loadGroup(Path file, String group, Class<T> type) {
    return parse(read(file), file, group, type);
  }

  /** The settings in {@code yaml}, as if it stood in {@code file}. */
  public <T extends Record> T parse(String yaml, Path file, Class<T> type) {
    return parse(yaml, file, "", type);
  }

  private <T extends Record> T parse(String yaml, Path file, String group, Class<T> type) {
    YamlReader reader = new YamlReader();
    JsonNode tree = reader.read(yaml, file.toString());
    if (!tree.isObject()) {
      throw problem(file, "must hold settings, one on a line as 'name: value'.");
    }
    JsonNode node = group.isEmpty() ? tree : tree.at("/" + group.replace('.', '/'));
    if (node.isMissingNode() || node.isNull()) {
      throw new ConfigException(List.of(new Problem(group, "is missing; add it.")));
    }
    Path directory = directory(file);
    RecordBinder binder =
        new RecordBinder(new ScalarBinder(directory), new Interpolation(environment, directory));
    @Nullable T config = binder.bind(type, node, group);
    List<Problem> problems =
        Stream.concat(reader.problems().stream(), binder.problems().stream()).toList();
    if (config == null || !problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return config;
  }

  private static Path directory(Path file) {
    @Nullable Path directory = file.toAbsolutePath().normalize().getParent();
    return directory == null ? Path.of("/") : directory;
  }

  private static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw problem(file, "is longer than 1 MiB; is it the right file?");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      String where = file.isAbsolute() ? "" : " in " + Path.of("").toAbsolutePath();
      throw problem(file, "does not exist" + where + "; name another with --config.", e);
    } catch (AccessDeniedException e) {
      throw problem(file, "may not be read by this user; change its permissions.", e);
    } catch (CharacterCodingException e) {
      throw problem(file, "is not UTF-8 text; save it as UTF-8.", e);
    } catch (IOException e) {
      throw problem(
          file, "cannot be read (" + e.getMessage() + "); name another with --config.", e);
    }
  }

  private static ConfigException problem(Path file, String text, Throwable cause) {
    ConfigException problem = problem(file, text);
    problem.initCause(cause);
    return problem;
  }

  private static ConfigException problem(Path file, String text) {
    return new ConfigException(List.of(new Problem(file.toString(), text)));
  }
}
