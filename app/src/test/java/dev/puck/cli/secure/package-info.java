/** Puck with servers that ask for TLS and passwords. */
@NullMarked
package dev.puck.cli.secure;

import org.jspecify.annotations.NullMarked;
