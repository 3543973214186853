package io.github.qosrl.probes.fping;

/** What fping sends. */
enum FpingMode {
  /** ICMP echo requests. */
  ECHO,
  /** ICMP timestamp requests: IPv4 only, of a fixed size. */
  TIMESTAMP
}
