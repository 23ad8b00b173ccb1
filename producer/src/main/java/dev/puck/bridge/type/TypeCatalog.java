package dev.puck.bridge.type;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mappings of a database's types, as the catalog had them when they were loaded. A type that is
 * not known, such as one that was dropped since, is mapped to its text. Used by one thread.
 */
public final class TypeCatalog {
  private final Map<Long, PostgresType> types = new HashMap<>();

  /** Asked for and not there, so that they are not asked for again and again. */
  private final Set<Long> missing = new HashSet<>();

  private final Map<Long, Map<Integer, ValueMapping>> mappings = new HashMap<>();

  /**
   * Loads these types, and those that they consist of, unless they are there already.
   *
   * @param oids their identifiers, unsigned
   */
  public void load(Connection connection, Collection<Long> oids) throws SQLException {
    TypeRepository repository = new TypeRepository(connection);
    Set<Long> wanted = unknown(oids);
    while (!wanted.isEmpty()) {
      List<Long> parts = new ArrayList<>();
      missing.addAll(wanted);
      for (PostgresType type : repository.find(wanted)) {
        missing.remove(type.oid());
        types.put(type.oid(), type);
        parts.addAll(partsOf(type));
      }
      mappings.clear();
      wanted = unknown(parts);
    }
  }

  /** The mapping of rows that have these columns, whose types it loads. */
  public RowMapping rows(Connection connection, List<TypedColumn> columns) throws SQLException {
    load(connection, columns.stream().map(TypedColumn::typeOid).toList());
    return new RowMapping(
        columns.stream()
            .map(
                each ->
                    new RowMapping.Column(
                        each.name(), mapping(each.typeOid(), each.typmod()), each.constant()))
            .toList());
  }

  /** Forgets all types, which may have changed: they are loaded when they are asked for again. */
  public void clear() {
    types.clear();
    missing.clear();
    mappings.clear();
  }

  /**
   * The mapping of a type's values.
   *
   * @param oid the type's identifier, unsigned
   * @param typmod the column's modifier, such as a length; -1 for none
   */
  public ValueMapping mapping(long oid, int typmod) {
    Map<Integer, ValueMapping> ofType = mappings.computeIfAbsent(oid, any -> new HashMap<>());
    @Nullable ValueMapping known = ofType.get(typmod);
    if (known == null) {
      known = new MappingFactory(types).mapping(oid, typmod);
      ofType.put(typmod, known);
    }
    return known;
  }

  private Set<Long> unknown(Collection<Long> oids) {
    Set<Long> unknown = new HashSet<>(oids);
    unknown.removeIf(
        each ->
            types.containsKey(each)
                || missing.contains(each)
                || ScalarTypes.find(each, -1) != null);
    return unknown;
  }

  private static List<Long> partsOf(PostgresType type) {
    List<Long> parts = new ArrayList<>();
    if (type.elementOid() != 0) {
      parts.add(type.elementOid());
    }
    if (type.baseOid() != 0) {
      parts.add(type.baseOid());
    }
    type.attributes().forEach(each -> parts.add(each.typeOid()));
    return parts;
  }
}
