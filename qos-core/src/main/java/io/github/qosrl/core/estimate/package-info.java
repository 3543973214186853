/**
 * What is believed of the link: measurements in, one immutable {@link
 * io.github.qosrl.core.estimate.LinkState} a tick out. The only place that estimates anything.
 *
 * <p>The live link and the simulated one derive it with the same code, so that an agent cannot tell
 * which of them it drives. Imports only {@code io.github.qosrl.core}.
 */
@NullMarked
package io.github.qosrl.core.estimate;

import org.jspecify.annotations.NullMarked;
