package io.github.qosrl.probes.iperf3;

import io.github.qosrl.core.ProbeException;

/** An iperf3 test did not take place. */
public final class Iperf3Exception extends ProbeException {
  private static final long serialVersionUID = 1L;

  /** Why it did not. */
  public enum Kind {
    /** iperf3 is not on the host. */
    NOT_INSTALLED,
    /** The server runs somebody else's test. */
    BUSY,
    /** Nothing answers at that address and port. */
    UNREACHABLE,
    /** The server's name has no address. */
    UNRESOLVABLE,
    /** It did not end in time. */
    TIMED_OUT,
    /** Anything else. */
    FAILED
  }

  private final Kind kind;

  Iperf3Exception(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  Iperf3Exception(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Why the test did not take place. */
  public Kind kind() {
    return kind;
  }
}
