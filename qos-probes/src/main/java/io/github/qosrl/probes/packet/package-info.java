/**
 * What {@code tcpdump} writes, read without allocating: records of a pcap stream, link layers, IP
 * and TCP headers. Never payload.
 */
@NullMarked
package io.github.qosrl.probes.packet;

import org.jspecify.annotations.NullMarked;
