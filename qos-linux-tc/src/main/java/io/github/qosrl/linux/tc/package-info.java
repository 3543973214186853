/**
 * Shapers that enforce a plan with Linux traffic control, and the probe that reads their counters.
 *
 * <p>Everything goes through {@link io.github.qosrl.core.host.Host}: the same shaper drives this
 * machine, a network namespace or a remote router. Command builders and parsers are pure; what
 * talks to {@code tc} is the session alone. Imports qos-core, and Jackson inside the parsers.
 */
@NullMarked
package io.github.qosrl.linux.tc;

import org.jspecify.annotations.NullMarked;
