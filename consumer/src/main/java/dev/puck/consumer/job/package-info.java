/**
 * What is done in the downstream database by schedule: refreshing materialized views, and other
 * statements. Knows the configuration and the database; db-scheduler is seen in here only.
 */
@NullMarked
package dev.puck.consumer.job;

import org.jspecify.annotations.NullMarked;
