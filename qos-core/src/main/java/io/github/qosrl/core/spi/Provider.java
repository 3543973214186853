package io.github.qosrl.core.spi;

import io.github.qosrl.core.host.Host;

/**
 * Makes parts of one kind. Found by {@link java.util.ServiceLoader}, so it needs a public
 * constructor without arguments, and both that and every method but {@code create} must be quick
 * and free of side effects. Thread-safe.
 */
public interface Provider {

  /**
   * The name that users write, unique among the providers of its kind: {@code ping}, {@code tbf}.
   */
  String id();

  /** One line for a list of parts. */
  String description();

  /** Where several can do, the largest available one is the default. */
  default int priority() {
    return 0;
  }

  /** Whether its parts can work on the host. Quick, and without side effects. */
  default Availability availability(Host host) {
    return Availability.yes("needs nothing");
  }
}
