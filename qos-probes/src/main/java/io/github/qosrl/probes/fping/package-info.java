/** Delay and loss by ICMP echo: one {@code fping} for many reflectors. */
@NullMarked
package io.github.qosrl.probes.fping;

import org.jspecify.annotations.NullMarked;
