package io.github.qosrl.core.host;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The empty lines by which a shell says of each line that it was sent that it has it.
 *
 * <p>Its owner sees to it that one thread at a time expects and awaits.
 */
final class Receipts {
  /** More than anybody will ever wait for. */
  private static final int ALL = 1 << 30;

  private final Semaphore arrived = new Semaphore(0);
  private volatile boolean ended;
  private int due;

  private Receipts() {}

  /** Reads a shell's output from now on, until it ends. */
  static Receipts of(HostProcess shell) {
    Receipts receipts = new Receipts();
    Launch.daemon(() -> receipts.read(shell.stdout()), "qos-receipts").start();
    return receipts;
  }

  private void read(InputStream lines) {
    try {
      while (lines.read() >= 0) {
        arrived.release();
      }
    } catch (IOException e) {
      // It is out of reach, which ends it as well.
    }
    ended = true;
    arrived.release(ALL);
  }

  /** A line is about to be sent. */
  void expect() {
    due++;
  }

  /**
   * Waits for the receipts of all lines sent.
   *
   * @throws IOException if the shell has ended, or says nothing for so long
   */
  void await(Duration atMost) throws IOException, InterruptedException {
    if (!arrived.tryAcquire(due, atMost.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IOException("it does not answer within " + atMost.toSeconds() + " s");
    }
    due = 0;
    if (ended) {
      throw new IOException("it has ended");
    }
  }
}
