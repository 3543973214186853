/**
 * What kind of traffic passes: packets seen by {@code tcpdump} or read from a pcap file, counted
 * per traffic type and service. Headers only; no payload is ever kept.
 */
@NullMarked
package io.github.qosrl.probes.capture;

import org.jspecify.annotations.NullMarked;
