package io.github.qosrl.core.sim;

/** How a simulated sender reacts to what the network does to it. */
public enum Transport {
  /** TCP with CUBIC (RFC 9438), as Linux has it: HyStart, fast convergence, rate reduction. */
  CUBIC,
  /** TCP with NewReno (RFC 5681, RFC 6582). */
  RENO,
  /** TCP with a model of the first BBR (Cardwell et al., ACM Queue 14(5), 2016). */
  BBR,
  /** Datagrams at a constant rate, whatever happens to them. */
  CONSTANT
}
