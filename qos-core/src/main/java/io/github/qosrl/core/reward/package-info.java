/**
 * Built-in rewards: what a controller is asked to want.
 *
 * <p>Pure functions of two observations and the plan between them. Imports {@code
 * io.github.qosrl.core} and {@code core.spi}.
 */
@NullMarked
package io.github.qosrl.core.reward;

import org.jspecify.annotations.NullMarked;
