/** The downstream database: transactions, and the offsets stored in it. */
@NullMarked
package dev.puck.consumer.database;

import org.jspecify.annotations.NullMarked;
