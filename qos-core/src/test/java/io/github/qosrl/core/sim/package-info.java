/** Specifications of the simulated link. */
@NullMarked
package io.github.qosrl.core.sim;

import org.jspecify.annotations.NullMarked;
