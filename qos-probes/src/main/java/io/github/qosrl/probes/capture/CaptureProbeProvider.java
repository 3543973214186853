package io.github.qosrl.probes.capture;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.probes.internal.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Makes {@link CaptureProbe}s and {@link ReplayProbe}s. Settings: either {@code interface}, or
 * {@code file} (a pcap file) with {@code window} (default 1s); {@code side} ({@code wan} or {@code
 * lan}), {@code services} (a file), {@code dns} (default true for an interface, false for a file),
 * {@code anonymous} (default true).
 */
public final class CaptureProbeProvider implements ProbeProvider {

  @Override
  public String id() {
    return "capture";
  }

  @Override
  public String description() {
    return "shares of traffic types and services, by tcpdump or from a pcap file";
  }

  @Override
  public Availability availability(Host host) {
    return Tools.availability(
        host,
        "sudo apt-get install tcpdump",
        text -> text.contains("tcpdump version"),
        "tcpdump",
        "--version");
  }

  @Override
  public Probe create(Host host, Settings settings) throws QosException, InterruptedException {
    Optional<String> interfaceName = settings.text("interface");
    Optional<String> file = settings.text("file");
    Duration window = settings.duration("window", Duration.ofSeconds(1));
    boolean wan = settings.oneOf("side", "wan", Set.of("wan", "lan")).equals("wan");
    Optional<Path> services = settings.text("services").map(Path::of);
    boolean dns = settings.flag("dns", file.isEmpty());
    boolean anonymous = settings.flag("anonymous", true);
    settings.require(
        interfaceName.isPresent() != file.isPresent(), "interface", "either interface or file");
    settings.require(
        interfaceName.map(name -> name.matches("[^-\\s/][^\\s/]{0,14}")).orElse(true),
        "interface",
        "the name of an interface");
    settings.require(!window.isZero() && !window.isNegative(), "window", "a time above 0");
    settings.check();
    CaptureOptions options = new CaptureOptions(wan, services, dns, anonymous, packet -> {});
    return file.isPresent()
        ? ReplayProbe.open(host, Path.of(file.get()), window, options)
        : CaptureProbe.open(host, interfaceName.orElse(""), options);
  }
}
