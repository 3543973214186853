package io.github.qosrl.linux.tc;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.core.spi.ShaperProvider;
import java.time.Duration;

/**
 * What the shapers of this package have in common.
 *
 * <p>Settings of all: {@code wan}, the interface by which the upload leaves; {@code lan}, the
 * interface by which the download leaves; {@code queue}, the longest that a packet may wait (50
 * ms).
 */
abstract class TcProvider implements ShaperProvider {
  private static final Duration QUEUE = Duration.ofMillis(50);

  /** Reads the settings that are its own. */
  abstract Discipline discipline(Settings settings);

  static Duration queue(Settings settings) {
    Duration queue = settings.duration("queue", QUEUE);
    settings.require(
        queue.compareTo(Duration.ofMillis(1)) >= 0 && queue.compareTo(Duration.ofSeconds(10)) <= 0,
        "queue",
        "a time from 1ms to 10s");
    return queue;
  }

  @Override
  public Availability availability(Host host) {
    return tcOn(host);
  }

  static Availability tcOn(Host host) {
    try {
      TcVersion.of(host);
      return Availability.yes("tc is installed");
    } catch (TcException e) {
      return Availability.no(String.valueOf(e.getMessage()), "apt-get install iproute2");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Availability.no("interrupted while looking for tc", "");
    }
  }

  @Override
  public Shaper create(Host host, Settings settings) throws QosException, InterruptedException {
    TcShaperBuilder link = LinkSettings.read(host, settings);
    boolean dryRun = settings.flag("dry-run", false);
    Discipline discipline = discipline(settings);
    settings.check();
    TcShaper shaper = link.build(discipline);
    return dryRun ? new DryRunShaper(shaper) : shaper;
  }
}
