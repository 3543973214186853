package io.github.qosrl.core.sim;

/** One end of a flow in the fluid model. */
interface Sender {

  /** Starts anew. */
  void connect();

  /**
   * Takes in what came back.
   *
   * @param acked bytes that arrived
   * @param lost bytes that turn out to be lost
   * @param time seconds since the start
   * @return bytes that must be sent again
   */
  double receive(double acked, double lost, double time);

  /**
   * Sends.
   *
   * @param available bytes that the application has to send
   * @return bytes sent in this step
   */
  double send(int step, double available, double time);
}
