package dev.puck.service.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the reference table of a configuration record from its {@link Setting}s. */
public final class ConfigReference {
  private static final Set<Class<?>> NUMBERS =
      Set.of(int.class, Integer.class, long.class, Long.class);

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
      boolean group = nested.isRecord() && nested != Secret.class;
      if (!group || RecordBinder.isNullable(component)) {
        row(name, component);
      }
      if (group) {
        add(nested, name + inside(component.getType()));
      }
    }
  }

  private static String inside(Class<?> type) {
    if (type == List.class) {
      return "[].";
    }
    return type == Map.class ? ".NAME." : ".";
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
      return nested(element(generic));
    }
    return (Class<?>) type;
  }

  private static Type element(ParameterizedType generic) {
    Type[] arguments = generic.getActualTypeArguments();
    return arguments[arguments.length - 1];
  }

  private static String typeName(Type type) {
    if (type instanceof ParameterizedType generic) {
      boolean list = generic.getRawType() == List.class;
      return (list ? "list of " : "names with ") + typeName(element(generic));
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return Arrays.stream(plain.getEnumConstants())
          .map(each -> "`" + KebabCase.of((Enum<?>) each) + "`")
          .collect(Collectors.joining(", "));
    }
    if (plain.isRecord() && plain != Secret.class) {
      return "group";
    }
    if (NUMBERS.contains(plain)) {
      return "number";
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return "`true`, `false`";
    }
    if (plain == Duration.class) {
      return "duration";
    }
    return plain == String.class ? "text" : plain.getSimpleName().toLowerCase(Locale.ROOT);
  }
}
