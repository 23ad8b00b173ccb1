package dev.puck.bridge.type;

import org.jspecify.annotations.Nullable;

/**
 * A column of rows.
 *
 * @param name as the catalog spells it
 * @param typeOid its type's identifier, unsigned; 0 for a constant
 * @param typmod its modifier, such as a length; -1 for none
 * @param constant JSON that stands in its place in every row, whose text has no such field; null
 *     for a column with values of its own
 */
public record TypedColumn(String name, long typeOid, int typmod, @Nullable String constant) {
  /** One with values. */
  public TypedColumn(String name, long typeOid, int typmod) {
    this(name, typeOid, typmod, null);
  }
}
