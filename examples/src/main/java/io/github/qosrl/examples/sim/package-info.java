/** Agents compared in simulated links. */
@NullMarked
package io.github.qosrl.examples.sim;

import org.jspecify.annotations.NullMarked;
