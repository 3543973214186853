package io.github.qosrl.core.control;

import org.jspecify.annotations.Nullable;

/** A shutdown hook of the JVM, by which SIGTERM and SIGINT restore a link. */
final class RestoreHook {
  /** No hook at all. */
  static final RestoreHook NONE = new RestoreHook(null, false);

  private final @Nullable Thread hook;
  private final boolean tooLate;

  private RestoreHook(@Nullable Thread hook, boolean tooLate) {
    this.hook = hook;
    this.tooLate = tooLate;
  }

  /**
   * Adds one.
   *
   * @param restore what to do when the JVM ends
   */
  static RestoreHook add(Runnable restore) {
    Thread hook = new Thread(restore, "qos-restore");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      return new RestoreHook(hook, false);
    } catch (IllegalStateException e) {
      return new RestoreHook(null, true);
    }
  }

  /** Whether the JVM was ending already: restore, and be gone. */
  boolean tooLate() {
    return tooLate;
  }

  /** Takes it away; the link is restored. */
  void remove() {
    if (hook == null) {
      return;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is what ended the loop.
    }
  }
}
