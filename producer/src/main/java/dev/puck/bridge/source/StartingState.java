package dev.puck.bridge.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How far the rows that a table had before it was captured have been read.
 *
 * @param after the key of the last row that was read, in its source's spelling; null: none
 * @param done whether all were
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record StartingState(
    @JsonProperty("after") @Nullable String after, @JsonProperty("done") boolean done) {
  public static final StartingState BEGINNING = new StartingState(null, false);
  public static final StartingState DONE = new StartingState(null, true);
}
