package dev.puck.lab.proof.bridge;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.service.config.Setting;
import dev.puck.service.connection.KafkaConfig;

/** The configuration file of a bridge on trial: one that {@code puck bridge} would take as well. */
record BridgeFile(
    @Setting("Where events go.") KafkaConfig kafka, @Setting("The bridge.") BridgeConfig bridge) {}
