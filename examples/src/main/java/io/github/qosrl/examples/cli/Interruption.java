package io.github.qosrl.examples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command put everything back when the process is told to end (SIGINT, SIGTERM, SIGHUP).
 *
 * <p>A shutdown hook interrupts the thread that runs the command and waits until its {@code
 * finally} blocks are through; the JVM then ends with 128 + the signal's number.
 */
final class Interruption {
  private static final long PATIENCE_SECONDS = 15;

  private final Thread worker;
  private final CountDownLatch done = new CountDownLatch(1);

  private Interruption(Thread worker) {
    this.worker = worker;
  }

  /** Watches over the calling thread from now on. */
  static Interruption ofThisThread() {
    Interruption interruption = new Interruption(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::interrupt, "interruption"));
    return interruption;
  }

  /** The command is through: the process may end at once. */
  void finished() {
    done.countDown();
  }

  private void interrupt() {
    if (done.getCount() == 0) {
      return;
    }
    worker.interrupt();
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("qos: clean-up took too long; leaving the rest to the exit guard");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
