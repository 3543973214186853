/** Available bandwidth by a bounded {@code iperf3} run, and a server for labs. */
@NullMarked
package io.github.qosrl.probes.iperf3;

import org.jspecify.annotations.NullMarked;
