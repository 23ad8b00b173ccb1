package dev.puck.lab.process;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.service.config.Setting;
import dev.puck.service.connection.KafkaConfig;

/**
 * The configuration file of a bridge of the lab: one that {@code puck bridge} would take as well.
 */
public record BridgeFile(
    @Setting("Where events go.") KafkaConfig kafka, @Setting("The bridge.") BridgeConfig bridge) {}
