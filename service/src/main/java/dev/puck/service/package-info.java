@NullMarked
package dev.puck.service;

import org.jspecify.annotations.NullMarked;
