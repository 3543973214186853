package io.github.qosrl.core.host;

/**
 * Makes hosts of one kind from what users write: {@code SCHEME:ADDRESS}. Found by {@link
 * java.util.ServiceLoader}, so it needs a public constructor without arguments. Thread-safe.
 */
public interface HostProvider {

  /** What such a host begins with, for example {@code ssh}; unique. */
  String scheme();

  /** How users write such a host, for example {@code ssh:USER@ROUTER}. */
  String syntax();

  /**
   * Makes a host. Quick: it reaches for the host when that is first used.
   *
   * @param address what follows {@code SCHEME:}
   * @throws IllegalArgumentException if that is no address of such a host: says what is accepted
   */
  Host host(String address);
}
