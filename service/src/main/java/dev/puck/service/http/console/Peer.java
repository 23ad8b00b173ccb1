package dev.puck.service.http.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Another process of the pipeline.
 *
 * @param url where it is
 * @param status what it says; null if it says nothing
 * @param problem why it says nothing; null if it does, or was not asked yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Peer(
    @JsonProperty String url,
    @JsonProperty @Nullable JsonNode status,
    @JsonProperty @Nullable String problem) {}
