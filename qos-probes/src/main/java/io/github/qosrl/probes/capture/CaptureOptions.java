package io.github.qosrl.probes.capture;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How to capture. Immutable; thread-safe if the listener is.
 *
 * @param wanSide whether the interface is on the WAN side: what it sends is upload
 * @param services a table of services of one's own instead of the library's
 * @param lookUp whether to look up the names of servers by reverse DNS
 * @param anonymous whether to hide addresses from the listener
 * @param listener gets the features of each packet, on the reader's thread; must be quick
 */
public record CaptureOptions(
    boolean wanSide,
    Optional<Path> services,
    boolean lookUp,
    boolean anonymous,
    Consumer<PacketFeatures> listener) {

  /** WAN side, the library's services, reverse DNS, hidden addresses, nobody listening. */
  public static CaptureOptions standard() {
    return new CaptureOptions(true, Optional.empty(), true, true, packet -> {});
  }

  /** The same with a listener. */
  public CaptureOptions withListener(Consumer<PacketFeatures> newListener) {
    return new CaptureOptions(wanSide, services, lookUp, anonymous, newListener);
  }

  /** The same without reverse DNS, so that the capture sends nothing by itself. */
  public CaptureOptions withoutLookUp() {
    return new CaptureOptions(wanSide, services, false, anonymous, listener);
  }
}
