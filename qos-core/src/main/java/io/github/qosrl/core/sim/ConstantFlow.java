package io.github.qosrl.core.sim;

/** Datagrams: whatever the application hands over is sent, and nothing is sent again. */
final class ConstantFlow implements Sender {

  @Override
  public void connect() {}

  @Override
  public double receive(double acked, double lost, double time) {
    return 0;
  }

  @Override
  public double send(int step, double available, double time) {
    return available;
  }
}
