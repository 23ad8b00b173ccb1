/** What a run of the lab found, and which strategy it would take. */
@NullMarked
package dev.puck.lab.report;

import org.jspecify.annotations.NullMarked;
