package dev.puck.bridge.type;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schema of Kafka Connect: how a value is written, and what it means.
 *
 * @param kind how it is written
 * @param name what it means, such as {@code io.debezium.time.Date}; null for no more than its kind
 * @param version of what the name means; 0 without name
 * @param parameters of what the name means
 * @param optional whether it may be null
 * @param element of an array; null for every other kind
 * @param fields of a struct
 */
public record ConnectType(
    Kind kind,
    @Nullable String name,
    int version,
    Map<String, String> parameters,
    boolean optional,
    @Nullable ConnectType element,
    List<Field> fields) {

  /** Keeps copies; sees that arrays alone have an element, and structs alone fields. */
  public ConnectType {
    parameters = Map.copyOf(parameters);
    fields = List.copyOf(fields);
    if ((kind == Kind.ARRAY) != (element != null) || (kind != Kind.STRUCT && !fields.isEmpty())) {
      throw new IllegalArgumentException(kind + " with element " + element + ", fields " + fields);
    }
  }

  /** How values are written. */
  public enum Kind {
    INT16,
    INT32,
    INT64,
    FLOAT32,
    FLOAT64,
    BOOLEAN,
    STRING,
    BYTES,
    ARRAY,
    STRUCT;

    /** As JSON schemas of Kafka Connect spell it. */
    public String code() {
      return switch (this) {
        case FLOAT32 -> "float";
        case FLOAT64 -> "double";
        case INT16 -> "int16";
        case INT32 -> "int32";
        case INT64 -> "int64";
        case BOOLEAN -> "boolean";
        case STRING -> "string";
        case BYTES -> "bytes";
        case ARRAY -> "array";
        case STRUCT -> "struct";
      };
    }
  }

  /** A field of a struct. */
  public record Field(String name, ConnectType type) {}

  /** Means no more than its kind. */
  static ConnectType plain(Kind kind) {
    return new ConnectType(kind, null, 0, Map.of(), true, null, List.of());
  }

  static ConnectType named(Kind kind, String name) {
    return named(kind, name, Map.of());
  }

  static ConnectType named(Kind kind, String name, Map<String, String> parameters) {
    return new ConnectType(kind, name, 1, parameters, true, null, List.of());
  }

  static ConnectType arrayOf(ConnectType element) {
    return new ConnectType(Kind.ARRAY, null, 0, Map.of(), true, element, List.of());
  }

  static ConnectType struct(List<Field> fields) {
    return new ConnectType(Kind.STRUCT, null, 0, Map.of(), true, null, fields);
  }

  /** The same for a value that is never null. */
  public ConnectType required() {
    return new ConnectType(kind, name, version, parameters, false, element, fields);
  }
}
