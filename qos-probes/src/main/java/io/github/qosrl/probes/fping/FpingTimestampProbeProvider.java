package io.github.qosrl.probes.fping;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.internal.EchoSettings;
import io.github.qosrl.probes.internal.Tools;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes {@link FpingTimestampProbe}s. Settings: {@code targets} (required), {@code active,
 * interval, deadline, dscp, interface, source, load-interface}, as {@link
 * io.github.qosrl.probes.EchoOptions} describes them.
 */
public final class FpingTimestampProbeProvider implements ProbeProvider {
  private static final String INSTALL =
      "install fping 5.3 or later (Debian 12 has 5.1; its source is at fping.org), or use the probe"
          + " fping, which does not tell the directions apart";

  private static final Pattern VERSION = Pattern.compile("fping: Version (\\d{1,4})\\.(\\d{1,4})");
  private static final int MAJOR = 5;
  private static final int MINOR = 3;

  @Override
  public String id() {
    return "fping-timestamp";
  }

  @Override
  public String description() {
    return "delay of each direction and loss by ICMP timestamps, one fping for all targets";
  }

  @Override
  public boolean measuresDelay() {
    return true;
  }

  @Override
  public boolean bindsToInterface() {
    return true;
  }

  /** Below the probes that need no special targets: not every host answers. */
  @Override
  public int priority() {
    return 5;
  }

  @Override
  public Availability availability(Host host) {
    return Tools.judged(host, INSTALL, FpingTimestampProbeProvider::judge, "fping", "-v");
  }

  private static Availability judge(String printed) {
    String first = printed.lines().findFirst().orElse("fping prints no version");
    Matcher version = VERSION.matcher(first);
    if (!version.find()) {
      return Availability.no("fping is another program than needed: " + first, INSTALL);
    }
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    return major > MAJOR || (major == MAJOR && minor >= MINOR)
        ? Availability.yes(first)
        : Availability.no(
            "fping %d.%d has no ICMP timestamps: 5.3 is the first that has".formatted(major, minor),
            INSTALL);
  }

  @Override
  public Probe create(Host host, Settings settings) throws QosException {
    if (settings.has("size")) {
      settings.problem("size", "is not accepted: an ICMP timestamp has 20 bytes; leave it out");
    }
    EchoOptions options = EchoSettings.read(settings);
    List<String> problems = FpingTimestampProbe.problems(options);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return FpingTimestampProbe.open(host, options);
  }
}
