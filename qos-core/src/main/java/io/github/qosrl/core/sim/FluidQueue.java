package io.github.qosrl.core.sim;

/**
 * A queue with a server, advanced a step at a time. Traffic comes as bytes per flow; a packet that
 * was lost travels on as a gap in its flow, since that is how the far end learns of it.
 */
interface FluidQueue {

  /**
   * Lets one step pass.
   *
   * @param step the number of the step
   * @param in bytes that arrive, by flow; the queue may change the array
   * @param gaps lost bytes that arrive as gaps, by flow; the queue may change the array
   * @param budget bytes that the server could send in this step; infinite if it is not limited
   * @param out receives the bytes that leave, by flow
   * @param outGaps receives the gaps that leave, by flow
   */
  void pass(int step, double[] in, double[] gaps, double budget, double[] out, double[] outGaps);

  /** Bytes that wait. */
  double backlog();

  /** Bytes dropped so far. */
  double dropped();
}
