/** Numbers, and how they are told. */
@NullMarked
package dev.puck.lab.bench.result;

import org.jspecify.annotations.NullMarked;
