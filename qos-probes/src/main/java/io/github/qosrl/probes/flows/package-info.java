/**
 * What the users' own TCP packets tell of each direction where they pass the WAN interface: delay,
 * departures, losses, and how much of the traffic that speaks for. Headers only; no address and no
 * port leaves the package.
 *
 * <p>{@link io.github.qosrl.probes.flows.FlowMeter} is the arithmetic, pure and in the packets' own
 * time; {@link io.github.qosrl.probes.flows.FlowsProbe} feeds it what {@code tcpdump} captures.
 */
@NullMarked
package io.github.qosrl.probes.flows;

import org.jspecify.annotations.NullMarked;
