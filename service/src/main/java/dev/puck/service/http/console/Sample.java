package dev.puck.service.http.console;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A process's status at a moment.
 *
 * @param at in milliseconds since 1970, UTC
 */
record Sample(@JsonProperty long at, @JsonProperty JsonNode status) {}
