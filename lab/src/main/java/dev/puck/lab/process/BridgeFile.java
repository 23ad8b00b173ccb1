package dev.puck.lab.process;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.service.config.Setting;
import dev.puck.service.connection.KafkaConfig;

/** The configuration file of a bridge: one that {@code puck bridge} would take as well. */
record BridgeFile(
    @Setting("Where events go.") KafkaConfig kafka, @Setting("The bridge.") BridgeConfig bridge) {}
