package io.github.qosrl.core.control;

import org.jspecify.annotations.Nullable;

/**
 * The thread that a loop runs on, while it runs: whoever stops the loop may interrupt it, and only
 * then. Thread-safe.
 */
final class LoopThread {
  private @Nullable Thread thread;
  private boolean interruptedByStop;

  /** The calling thread runs the loop from now on. */
  synchronized void enter() {
    thread = Thread.currentThread();
  }

  /** From here on no stop interrupts the thread; one that did has done its work. */
  synchronized void leave() {
    thread = null;
    if (interruptedByStop) {
      Thread.interrupted();
    }
  }

  /** Interrupts the loop, if it runs. */
  synchronized void interrupt() {
    if (thread != null) {
      interruptedByStop = true;
      thread.interrupt();
    }
  }

  /** Whether the loop runs on the calling thread. */
  synchronized boolean isCurrent() {
    return thread == Thread.currentThread();
  }

  /** Whether {@link #interrupt} interrupted the loop, and not somebody else. */
  synchronized boolean interruptedByStop() {
    return interruptedByStop;
  }
}
