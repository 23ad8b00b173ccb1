package dev.puck.cli;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.consumer.config.ConsumerConfig;
import dev.puck.service.config.Setting;
import dev.puck.service.connection.KafkaConfig;
import org.jspecify.annotations.Nullable;

/** The whole file. */
record PuckConfig(
    @Setting("The Kafka cluster that bridge and consumer share.") KafkaConfig kafka,
    @Setting("What `puck bridge` runs.") @Nullable BridgeConfig bridge,
    @Setting("What `puck consume` runs.") @Nullable ConsumerConfig consumer) {}
