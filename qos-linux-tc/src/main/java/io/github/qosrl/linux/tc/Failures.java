package io.github.qosrl.linux.tc;

import io.github.qosrl.core.ShaperException;
import org.jspecify.annotations.Nullable;

/** Collects what goes wrong with several ports, so that none keeps the others from being served. */
final class Failures {
  private @Nullable ShaperException first;

  /** Something to do with one port. */
  @FunctionalInterface
  interface Task {
    void run() throws ShaperException, TcException, InterruptedException;
  }

  void collect(Task task) throws InterruptedException {
    try {
      task.run();
    } catch (TcException e) {
      add(new ShaperException(String.valueOf(e.getMessage()), e));
    } catch (ShaperException e) {
      add(e);
    }
  }

  private void add(ShaperException e) {
    if (first == null) {
      first = e;
    } else {
      first.addSuppressed(e);
    }
  }

  void throwFirst() throws ShaperException {
    if (first != null) {
      throw first;
    }
  }
}
