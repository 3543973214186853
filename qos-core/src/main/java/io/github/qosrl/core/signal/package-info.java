/**
 * What single replies to delay probes say about the link: the path's baseline, how far the present
 * delay exceeds it, and whether that can be believed.
 *
 * <p>The live link and the simulated one derive these the same way, so that an agent cannot tell
 * which of them it drives. Imports only {@code io.github.qosrl.core}.
 */
@NullMarked
package io.github.qosrl.core.signal;

import org.jspecify.annotations.NullMarked;
