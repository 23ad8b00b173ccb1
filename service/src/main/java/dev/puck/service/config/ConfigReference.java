package dev.puck.service.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the reference table of a configuration record from its {@link Setting}s. */
public final class ConfigReference {
  private final StringBuilder table =
      new StringBuilder("| setting | type | default | what it does |\n|---|---|---|---|\n");

  private ConfigReference() {}

  /** A Markdown table with a row for each setting. */
  public static String markdown(Class<? extends Record> root) {
    ConfigReference reference = new ConfigReference();
    reference.add(root, "");
    return reference.table.toString();
  }

  private void add(Class<?> type, String path) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = path + KebabCase.of(component.getName());
      Class<?> nested = nested(component.getGenericType());
      if (nested.isRecord() && nested != Secret.class) {
        add(nested, name + (component.getType() == List.class ? "[]." : "."));
      } else {
        row(name, component);
      }
    }
  }

  private void row(String name, RecordComponent component) {
    Setting setting = RecordBinder.setting(component);
    table
        .append("| `")
        .append(name)
        .append("` | ")
        .append(typeName(component.getGenericType()))
        .append(" | ")
        .append(defaultText(component, setting))
        .append(" | ")
        .append(setting.value().replace("|", "\\|"))
        .append(" |\n");
  }

  private static String defaultText(RecordComponent component, Setting setting) {
    if (!setting.defaultValue().isEmpty()) {
      return "`" + setting.defaultValue() + "`";
    }
    boolean optional =
        RecordBinder.isNullable(component)
            || component.getType() == List.class
            || component.getType() == Map.class;
    return optional ? "none" : "**required**";
  }

  private static Class<?> nested(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return (Class<?>) arguments[arguments.length - 1];
    }
    return (Class<?>) type;
  }

  private static String typeName(Type type) {
    if (type instanceof ParameterizedType generic) {
      boolean list = generic.getRawType() == List.class;
      return (list ? "list of " : "names with ") + typeName(nested(type));
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return Arrays.stream(plain.getEnumConstants())
          .map(each -> "`" + KebabCase.of((Enum<?>) each) + "`")
          .collect(Collectors.joining(", "));
    }
    if (plain == int.class || plain == long.class) {
      return "number";
    }
    if (plain == boolean.class) {
      return "`true`, `false`";
    }
    if (plain == Duration.class) {
      return "duration";
    }
    return plain == String.class
        ? "text"
        : plain.getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }
}
