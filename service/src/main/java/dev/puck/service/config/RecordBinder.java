package dev.puck.service.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a tree into a record by its components' names and types, and gathers every problem on the
 * way instead of stopping at the first. Not thread-safe; one for each file.
 */
final class RecordBinder {
  private final ScalarBinder scalars;
  private final Interpolation interpolation;
  private final List<Problem> problems = new ArrayList<>();

  RecordBinder(ScalarBinder scalars, Interpolation interpolation) {
    this.scalars = scalars;
    this.interpolation = interpolation;
  }

  /** What was wrong so far. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** The record, or null where a problem prevents it. */
  <T extends Record> @Nullable T bind(Class<T> type, JsonNode node, String path) {
    int before = problems.size();
    @Nullable T config = bindOrNull(type, node, path);
    nameDefaults(type, path, before);
    return config;
  }

  private <T extends Record> @Nullable T bindOrNull(Class<T> type, JsonNode node, String path) {
    if (!node.isObject()) {
      problem(path, "holds no settings; it must be a group, one 'name: value' on a line.");
      return null;
    }
    RecordComponent[] components = type.getRecordComponents();
    refuseUnknown(node, components, path);
    Object[] arguments = new Object[components.length];
    Set<String> failed = new HashSet<>();
    for (int i = 0; i < components.length; i++) {
      String name = KebabCase.of(components[i].getName());
      int before = problems.size();
      arguments[i] = component(components[i], node.get(name), inside(path, name));
      if (arguments[i] == null && !(isNullable(components[i]) && problems.size() == before)) {
        failed.add(name);
        arguments[i] = standIn(components[i].getType());
      }
    }
    return construct(type, arguments, failed, path);
  }

  /** Takes the place of a value that failed, so that the record can check the others. */
  private static @Nullable Object standIn(Class<?> type) {
    if (type == List.class) {
      return List.of();
    }
    if (type == Map.class) {
      return Map.of();
    }
    return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
  }

  private void refuseUnknown(JsonNode node, RecordComponent[] components, String path) {
    List<String> known = Arrays.stream(components).map(c -> KebabCase.of(c.getName())).toList();
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                problem(inside(path, name), "is not a setting; " + NearestName.hint(name, known));
              }
            });
  }

  private @Nullable Object component(
      RecordComponent component, @Nullable JsonNode node, String path) {
    if (node != null && !node.isNull()) {
      @Nullable Object value = convert(component.getGenericType(), node, path);
      return value != null ? value : fallback(component, path);
    }
    return missing(component, path);
  }

  private @Nullable Object missing(RecordComponent component, String path) {
    @Nullable Object fallback = fallback(component, path);
    if (fallback != null || isNullable(component)) {
      return fallback;
    }
    Class<?> type = component.getType();
    if (type == List.class || type == Map.class || type.isRecord()) {
      return convert(component.getGenericType(), empty(type), path);
    }
    problem(path, "is missing; it has no default. " + setting(component).value());
    return null;
  }

  /** The default, which also stands in for a bad value, so that the record's own checks can run. */
  private @Nullable Object fallback(RecordComponent component, String path) {
    String text = setting(component).defaultValue();
    return text.isEmpty()
        ? null
        : convert(component.getGenericType(), TextNode.valueOf(text), path);
  }

  private @Nullable Object convert(Type type, JsonNode node, String path) {
    if (node.isMissingNode()) {
      return null; // the reader has said why
    }
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      return generic.getRawType() == List.class
          ? list(element, node, path)
          : map(element, node, path);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord() && plain != Secret.class) {
      return bind(plain.asSubclass(Record.class), node, path);
    }
    return scalar(plain, node, path);
  }

  private @Nullable Object scalar(Class<?> type, JsonNode node, String path) {
    if (!node.isValueNode()) {
      problem(path, "is a " + (node.isArray() ? "list" : "group") + "; it must be one value.");
      return null;
    }
    int before = problems.size();
    String text = interpolation.apply(node.asText(), what -> problem(path, what));
    if (problems.size() > before) {
      return null;
    }
    try {
      return scalars.bind(type, text);
    } catch (IllegalArgumentException e) {
      problem(path, "is " + e.getMessage());
      return null;
    }
  }

  private @Nullable List<Object> list(Type element, JsonNode node, String path) {
    if (!node.isArray()) {
      problem(path, "is no list; it must be one, with a '- ' before each line.");
      return null;
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      @Nullable Object value = element(element, node.get(i), path + "[" + i + "]");
      if (value != null) {
        values.add(value);
      }
    }
    return values.size() == node.size() ? values : null;
  }

  private @Nullable Map<String, Object> map(Type element, JsonNode node, String path) {
    if (!node.isObject()) {
      problem(path, "holds no names; it must be a group, one 'name: value' on a line.");
      return null;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    node.properties()
        .forEach(
            entry -> {
              @Nullable Object value =
                  element(element, entry.getValue(), inside(path, entry.getKey()));
              if (value != null) {
                values.put(entry.getKey(), value);
              }
            });
    return values;
  }

  private @Nullable Object element(Type type, JsonNode node, String path) {
    if (node.isNull()) {
      problem(path, "is empty. Give it a value, or remove it.");
      return null;
    }
    return convert(type, node, path);
  }

  /** Ends the problems of out-of-range values with the default, the fix that is always there. */
  private void nameDefaults(Class<?> type, String path, int from) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = inside(path, KebabCase.of(component.getName()));
      String text = setting(component).defaultValue();
      problems
          .subList(from, problems.size())
          .replaceAll(
              problem ->
                  !text.isEmpty()
                          && problem.path().equals(name)
                          && problem.text().contains("; it must be ")
                      ? problem.and("Remove it to use " + text + ".")
                      : problem);
    }
  }

  private <T extends Record> @Nullable T construct(
      Class<T> type, Object[] arguments, Set<String> failed, String path) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      T config = constructor.newInstance(arguments);
      return failed.isEmpty() ? config : null;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof ConfigException found) {
        found.problems().stream()
            .filter(problem -> !failed.contains(problem.component()))
            .forEach(problem -> problems.add(problem.inside(path)));
        return null;
      }
      if (!failed.isEmpty()) {
        return null; // it cannot check itself without what failed
      }
      throw new IllegalStateException(type + " cannot check itself", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private void problem(String path, String text) {
    problems.add(new Problem(path, text));
  }

  private static JsonNode empty(Class<?> type) {
    return type == List.class
        ? JsonNodeFactory.instance.arrayNode()
        : JsonNodeFactory.instance.objectNode();
  }

  static String inside(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  static Setting setting(RecordComponent component) {
    @Nullable Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalStateException(component + " has no @Setting");
    }
    return setting;
  }
}
