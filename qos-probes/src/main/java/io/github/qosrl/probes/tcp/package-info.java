/** Delay and loss by TCP handshakes, where ICMP is filtered. Needs no program and no privilege. */
@NullMarked
package io.github.qosrl.probes.tcp;

import org.jspecify.annotations.NullMarked;
