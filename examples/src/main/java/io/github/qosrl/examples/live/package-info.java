/** From a configuration to a running controller, and what a person sees of it. */
@NullMarked
package io.github.qosrl.examples.live;

import org.jspecify.annotations.NullMarked;
