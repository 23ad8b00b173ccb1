/** What the consumer answers over HTTP, besides health and metrics. */
@NullMarked
package dev.puck.consumer.http;

import org.jspecify.annotations.NullMarked;
