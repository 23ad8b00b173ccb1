package dev.puck.lab.bench.consumer;

import dev.puck.consumer.config.ConsumerConfig;
import dev.puck.service.config.Setting;
import dev.puck.service.connection.KafkaConfig;

/**
 * The configuration file of a consumer of the bench: one that {@code puck consume} would take as
 * well.
 */
public record ConsumerFile(
    @Setting("Where events come from.") KafkaConfig kafka,
    @Setting("The consumer.") ConsumerConfig consumer) {}
