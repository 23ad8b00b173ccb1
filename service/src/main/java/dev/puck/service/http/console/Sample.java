package dev.puck.service.http.console;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A process's status at a moment, and what its peers last said of theirs.
 *
 * @param at in milliseconds since 1970, UTC
 */
record Sample(
    @JsonProperty long at, @JsonProperty JsonNode status, @JsonProperty List<Peer> peers) {}
