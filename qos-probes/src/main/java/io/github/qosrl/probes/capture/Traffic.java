package io.github.qosrl.probes.capture;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.InputFileException;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.probes.packet.PcapCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What live capture and replay share: from packets to a window. Thread-safe. */
final class Traffic implements AutoCloseable {
  final TrafficWindow window;
  private final LocalAddresses local;
  private final ServiceNames services;
  private final PacketClassifier classifier;
  private final CaptureOptions options;

  private Traffic(
      TrafficWindow window,
      LocalAddresses local,
      ServiceNames services,
      PacketClassifier classifier,
      CaptureOptions options) {
    this.window = window;
    this.local = local;
    this.services = services;
    this.classifier = classifier;
    this.options = options;
  }

  /**
   * @param host where names are looked up
   * @param local the interface's own addresses; closed with this
   * @throws InputFileException if the table of services cannot be read or is malformed
   */
  static Traffic of(Host host, CaptureOptions options, LocalAddresses local, MonotonicClock clock)
      throws InputFileException {
    ServiceTable table = table(options);
    ServiceNames.Resolver resolver =
        options.lookUp() ? address -> reverse(host, address) : address -> Optional.empty();
    ServiceNames services = new ServiceNames(table, resolver, clock);
    Addresses addresses =
        new Addresses(options.anonymous(), Addresses.salt(clock.now().toString()));
    Set<String> types = new TreeSet<>(TrafficTypes.ALL);
    types.addAll(table.types());
    Direction sent = options.wanSide() ? Direction.UPLOAD : Direction.DOWNLOAD;
    return new Traffic(
        new TrafficWindow(types, new ArrayList<>(table.names())),
        local,
        services,
        new PacketClassifier(local, addresses, services, sent),
        options);
  }

  private static ServiceTable table(CaptureOptions options) throws InputFileException {
    if (options.services().isEmpty()) {
      return ServiceTable.standard();
    }
    try {
      return ServiceTable.of(options.services().get());
    } catch (IOException e) {
      throw InputFileException.unreadable("table of services", options.services().get(), e);
    } catch (IllegalArgumentException e) {
      throw new InputFileException(String.valueOf(e.getMessage()), e);
    }
  }

  /** {@code getent hosts ADDRESS} prints the address and its names (getent(1)). */
  private static Optional<String> reverse(Host host, String address) throws InterruptedException {
    try {
      CommandResult result = host.run(Command.of("getent", "hosts", address));
      String[] words = result.stdout().strip().split("\\s+", 3);
      return result.ok() && words.length > 1 ? Optional.of(words[1]) : Optional.empty();
    } catch (HostException e) {
      return Optional.empty();
    }
  }

  /** Counts a packet; what is not IP does not count. */
  void add(PcapCursor record) {
    Optional<PacketHeader> header = PacketHeader.of(record);
    if (header.isPresent()) {
      PacketFeatures features = classifier.classify(header.get(), record.length());
      window.add(features);
      options.listener().accept(features);
    }
  }

  @Override
  public void close() {
    local.close();
    services.close();
  }
}
