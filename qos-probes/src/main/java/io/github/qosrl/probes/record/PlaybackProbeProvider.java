package io.github.qosrl.probes.record;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.core.spi.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Makes {@link PlaybackProbe}s. Setting: {@code file} (required), on the machine of this program.
 */
public final class PlaybackProbeProvider implements ProbeProvider {

  @Override
  public String id() {
    return "playback";
  }

  @Override
  public String description() {
    return "plays back recorded measurements";
  }

  @Override
  public int priority() {
    return -10;
  }

  @Override
  public Probe create(Host host, Settings settings) throws QosException {
    String text = settings.requiredText("file");
    Path file = Path.of("");
    try {
      file = Path.of(text);
    } catch (InvalidPathException e) {
      settings.problem("file", "is not a path: " + e.getMessage());
    }
    settings.check();
    return PlaybackProbe.open(file);
  }
}
