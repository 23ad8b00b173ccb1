package dev.puck.bridge.type;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a type's mapping together from those of its parts. */
final class MappingFactory {
  private static final long INT2VECTOR = 22;
  private static final long OIDVECTOR = 30;
  private static final char DEFAULT_DELIMITER = ',';

  private final Map<Long, PostgresType> types;

  MappingFactory(Map<Long, PostgresType> types) {
    this.types = types;
  }

  ValueMapping mapping(long oid, int typmod) {
    @Nullable ValueMapping scalar = ScalarTypes.find(oid, typmod);
    if (scalar != null) {
      return scalar;
    }
    @Nullable PostgresType type = types.get(oid);
    if (type == null) {
      return StringMapping.PLAIN;
    }
    if (type.elementOid() != 0) {
      return array(type, typmod);
    }
    return switch (type.kind()) {
      case PostgresType.DOMAIN ->
          mapping(type.baseOid(), typmod == -1 ? type.baseTypmod() : typmod);
      case PostgresType.COMPOSITE -> composite(type);
      case PostgresType.ENUM -> enumeration(type);
      default -> ofExtension(type);
    };
  }

  private ValueMapping array(PostgresType type, int typmod) {
    ValueMapping element = mapping(type.elementOid(), typmod);
    if (element instanceof JsonMapping) {
      return new JsonArrayMapping(null);
    }
    if (element instanceof JsonArrayMapping nested) {
      return new JsonArrayMapping(nested);
    }
    // The delimiter that counts is the element's.
    @Nullable PostgresType elementType = types.get(type.elementOid());
    ArrayMapping array =
        new ArrayMapping(
            element, elementType == null ? DEFAULT_DELIMITER : elementType.delimiter());
    return type.oid() == INT2VECTOR || type.oid() == OIDVECTOR ? new VectorMapping(array) : array;
  }

  private ValueMapping composite(PostgresType type) {
    return new CompositeMapping(
        new RowMapping(
            type.attributes().stream()
                .map(
                    each ->
                        new RowMapping.Column(each.name(), mapping(each.typeOid(), each.typmod())))
                .toList()));
  }

  private static ValueMapping enumeration(PostgresType type) {
    return new StringMapping(
        ConnectType.named(
            ConnectType.Kind.STRING,
            "io.debezium.data.Enum",
            Map.of("allowed", String.join(",", type.labels()))));
  }

  /** Types of well-known extensions, which have no fixed identifiers. */
  private static ValueMapping ofExtension(PostgresType type) {
    return switch (type.name()) {
      case "hstore" -> HstoreMapping.INSTANCE;
      case "ltree" -> StringMapping.named("io.debezium.data.Ltree");
      default -> StringMapping.PLAIN;
    };
  }
}
