package io.github.qosrl.core.host;

/** A small text file on a host, to be read again and again. Thread-safe. */
@FunctionalInterface
public interface HostFile extends AutoCloseable {

  /**
   * What it holds now.
   *
   * @throws HostException if it is absent or unreadable; it may be back at the next call
   */
  String read() throws HostException;

  /** Keeps nothing open from now on. Repeated calls do nothing. */
  @Override
  default void close() {}
}
