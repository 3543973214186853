package io.github.qosrl.probes.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Ends several processes at the same time, since each may take its time. */
public final class ParallelClose {
  private ParallelClose() {}

  /** Closes all of them, and returns when all are closed. */
  public static void all(Collection<ProcessSlot> processes) {
    List<Thread> closers = new ArrayList<>();
    for (ProcessSlot process : processes) {
      Thread closer = new Thread(process::close, "qos-close");
      closer.setDaemon(true);
      closer.start();
      closers.add(closer);
    }
    for (Thread closer : closers) {
      try {
        closer.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
