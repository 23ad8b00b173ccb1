package dev.puck.bridge.type;

import java.util.List;

/**
 * A type, as the catalog has it.
 *
 * @param oid its identifier, unsigned
 * @param name as the catalog spells it
 * @param kind {@code pg_type.typtype}, such as c for composite
 * @param elementOid of an array; 0 for every other type
 * @param delimiter between the elements of an array of this type
 * @param baseOid of a domain; 0 for every other type
 * @param baseTypmod what a domain says of its base; -1 for nothing
 * @param attributes of a composite type, in order
 * @param labels of an enum, in order
 */
record PostgresType(
    long oid,
    String name,
    char kind,
    long elementOid,
    char delimiter,
    long baseOid,
    int baseTypmod,
    List<Attribute> attributes,
    List<String> labels) {

  static final char COMPOSITE = 'c';
  static final char DOMAIN = 'd';
  static final char ENUM = 'e';

  PostgresType {
    attributes = List.copyOf(attributes);
    labels = List.copyOf(labels);
  }

  /** An attribute of a composite type. */
  record Attribute(String name, long typeOid, int typmod) {}

  /** The same with what other tables of the catalog know. */
  PostgresType with(List<Attribute> itsAttributes, List<String> itsLabels) {
    return new PostgresType(
        oid, name, kind, elementOid, delimiter, baseOid, baseTypmod, itsAttributes, itsLabels);
  }
}
