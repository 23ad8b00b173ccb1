package dev.puck.service.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a YAML file as a record, with {@code ${ENV}} references replaced. */
public final class ConfigLoader {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private final Interpolation interpolation;

  /** References are looked up in {@code environment}. */
  public ConfigLoader(Map<String, String> environment) {
    this.interpolation = new Interpolation(environment);
  }

  /**
   * The file's settings.
   *
   * @throws ConfigException with every problem of the file, if there is one
   */
  public <T extends Record> T load(Path file, Class<T> type) {
    return parse(read(file), file.toAbsolutePath().normalize(), type);
  }

  /** The settings in {@code yaml}, as if it stood in {@code file}. */
  public <T extends Record> T parse(String yaml, Path file, Class<T> type) {
    Path directory = file.toAbsolutePath().getParent();
    RecordBinder binder =
        new RecordBinder(
            new ScalarBinder(directory == null ? Path.of("/") : directory), interpolation);
    @Nullable T config = binder.bind(type, tree(yaml), "");
    if (config == null || !binder.problems().isEmpty()) {
      throw new ConfigException(binder.problems());
    }
    return config;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ConfigException(
          "does not exist in " + Path.of("").toAbsolutePath() + "; name another with --config.", e);
    } catch (AccessDeniedException e) {
      throw new ConfigException("may not be read by this user; change its permissions.", e);
    } catch (CharacterCodingException e) {
      throw new ConfigException("is not UTF-8 text; save it as UTF-8.", e);
    } catch (IOException e) {
      throw new ConfigException("cannot be read (" + e.getMessage() + ").", e);
    }
  }

  private static JsonNode tree(String yaml) {
    try {
      JsonNode tree = YAML.readTree(yaml);
      return tree.isMissingNode() || tree.isNull() ? JsonNodeFactory.instance.objectNode() : tree;
    } catch (JsonProcessingException e) {
      throw new ConfigException(List.of(new Problem("", yamlProblem(e))));
    }
  }

  private static String yamlProblem(JsonProcessingException e) {
    @Nullable JsonLocation location = e.getLocation();
    String where =
        location == null
            ? ""
            : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    String what =
        e.getOriginalMessage().lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    if (e.getOriginalMessage().contains("(TAB)")) {
      return where + "a tab; YAML indents with spaces only. Replace it by spaces.";
    }
    return where + "not YAML: " + what;
  }
}
