/** What the commands for schema and tables do, and how they say it. */
@NullMarked
package dev.puck.cli.schema;

import org.jspecify.annotations.NullMarked;
