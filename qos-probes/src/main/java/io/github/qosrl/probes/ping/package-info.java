/** Delay and loss by ICMP echo: one long-lived iputils {@code ping} per target. */
@NullMarked
package io.github.qosrl.probes.ping;

import org.jspecify.annotations.NullMarked;
