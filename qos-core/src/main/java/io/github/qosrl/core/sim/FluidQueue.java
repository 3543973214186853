package io.github.qosrl.core.sim;

/** A queue with a server, advanced a step at a time. Traffic comes as a portion of each flow. */
interface FluidQueue {

  /**
   * Lets one step pass.
   *
   * @param step the number of the step
   * @param in what arrives, by flow; the queue may change it
   * @param budget bytes that the server could send in this step; infinite if it is not limited
   * @param out receives what leaves, by flow
   */
  void pass(int step, Portion[] in, double budget, Portion[] out);

  /** Bytes that wait. */
  double backlog();

  /** Bytes dropped so far. */
  double dropped();
}
