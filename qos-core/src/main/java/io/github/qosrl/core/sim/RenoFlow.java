package io.github.qosrl.core.sim;

/** NewReno: one packet more a round, half the window after a loss (RFC 5681). */
final class RenoFlow extends TcpFlow {

  RenoFlow(double stepSeconds) {
    super(stepSeconds);
  }

  @Override
  void started() {}

  @Override
  double lost(double time) {
    return window / 2;
  }

  @Override
  double reduction() {
    return 0.5;
  }

  @Override
  void grow(double acked, double time) {
    window += inSlowStart() ? acked : PACKET * acked / window;
  }
}
