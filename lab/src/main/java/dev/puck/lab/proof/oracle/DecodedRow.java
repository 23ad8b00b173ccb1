package dev.puck.lab.proof.oracle;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row's change as {@code test_decoding} tells it.
 *
 * @param table as {@code schema.table}; of a partitioned one the partition
 * @param verb {@code INSERT}, {@code UPDATE}, {@code DELETE} or {@code TRUNCATE}
 * @param before the columns before, without those that were null; empty if there are none
 * @param after the columns after; empty if there are none
 */
record DecodedRow(
    String table,
    String verb,
    Map<String, @Nullable String> before,
    Map<String, @Nullable String> after) {}
