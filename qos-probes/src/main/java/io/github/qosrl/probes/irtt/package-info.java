/** Delay of each direction, and loss, by UDP echoes from an irtt server of one's own. */
@NullMarked
package io.github.qosrl.probes.irtt;

import org.jspecify.annotations.NullMarked;
