package io.github.qosrl.rl.nd4j;

import java.util.Optional;

/** Whether ND4J can work here, told without starting it. */
public final class Backends {
  private Backends() {}

  /** The artifact that is missing; empty if none is. Quick; loads no native code. */
  public static Optional<String> missing() {
    return present("org.nd4j.linalg.cpu.nativecpu.CpuBackend")
        ? Optional.empty()
        : Optional.of(Backend.ARTIFACT);
  }

  private static boolean present(String className) {
    try {
      Class.forName(className, false, Backends.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
