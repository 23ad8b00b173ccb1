package dev.puck.service.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a configuration record as the YAML that would give it, with secrets hidden. */
public final class ConfigPrinter {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(YAMLFactory.builder().stringQuotingChecker(new CautiousQuotes()).build())
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  /** Kafka's properties are a map of texts, in which these hold secrets. */
  private static final Pattern SECRET_PROPERTY =
      Pattern.compile(
          "password|passphrase|secret|token$|credential|jaas|user\\.info|\\bkey$",
          Pattern.CASE_INSENSITIVE);

  private ConfigPrinter() {}

  /** Every setting that holds, defaults included; those without a value are left out. */
  public static String print(Record config) {
    try {
      return YAML.writeValueAsString(tree(config));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts, lists and maps cannot fail to become YAML", e);
    }
  }

  private static Object tree(Object value) {
    if (value instanceof Secret) {
      return value.toString();
    }
    if (value instanceof Record config) {
      return settings(config);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(ConfigPrinter::tree).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> tree = new LinkedHashMap<>();
      map.forEach((name, each) -> tree.put(name.toString(), property(name.toString(), each)));
      return tree;
    }
    return scalar(value);
  }

  private static Object scalar(Object value) {
    if (value instanceof Duration duration) {
      return Durations.text(duration);
    }
    if (value instanceof Enum<?> constant) {
      return KebabCase.of(constant);
    }
    return value instanceof Number || value instanceof Boolean
        ? value
        : Interpolation.escape(value.toString());
  }

  private static Map<String, Object> settings(Record config) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (RecordComponent component : config.getClass().getRecordComponents()) {
      @Nullable Object value = value(config, component);
      if (value != null) {
        tree.put(KebabCase.of(component.getName()), tree(value));
      }
    }
    return tree;
  }

  private static Object property(String name, Object value) {
    return value instanceof String && SECRET_PROPERTY.matcher(name).find() ? "***" : tree(value);
  }

  private static @Nullable Object value(Record config, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(config);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }
}
