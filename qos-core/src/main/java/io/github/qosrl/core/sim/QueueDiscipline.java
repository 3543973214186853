package io.github.qosrl.core.sim;

/** How the queue of the simulated shaper treats what it holds back. */
public enum QueueDiscipline {
  /** Flows share fairly, sparse ones pass at once, COBALT drops: as tc-cake(8). */
  CAKE,
  /** One queue in order of arrival with a byte limit: as tc-tbf(8), or HTB with a bfifo leaf. */
  FIFO
}
