package io.github.qosrl.examples.cli;

import io.github.qosrl.core.control.LoopListener;
import io.github.qosrl.core.control.Tick;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.examples.config.ControllerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks every second whether the configuration file has changed. A change that makes sense ends the
 * present run, for another to follow; one that does not is told, and the run goes on.
 */
final class ConfigWatch implements LoopListener {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** Reads the whole configuration anew: the file, and the options over it. */
  interface Source {
    ControllerConfig read() throws ConfigurationException, IOException;
  }

  private final Terminal terminal;
  private final Path file;
  private final Source source;
  private @Nullable FileTime seen;
  private Instant nextLook = Instant.MIN;
  private @Nullable ControllerConfig present;
  private Runnable stop = () -> {};
  private Optional<ControllerConfig> next = Optional.empty();

  ConfigWatch(Terminal terminal, Path file, Source source) {
    this.terminal = terminal;
    this.file = file;
    this.source = source;
    this.seen = modified();
  }

  /**
   * A run begins.
   *
   * @param config what it keeps to
   * @param stop ends it
   */
  void begin(ControllerConfig config, Runnable stop) {
    this.present = config;
    this.stop = stop;
    this.next = Optional.empty();
  }

  /** The configuration for which the run was ended; empty if it ended by itself. */
  Optional<ControllerConfig> next() {
    return next;
  }

  @Override
  public void onTick(Tick tick) {
    Instant now = tick.step().observation().time();
    if (!now.isBefore(nextLook)) {
      nextLook = now.plus(PERIOD);
      look();
    }
  }

  private void look() {
    FileTime modified = modified();
    if (modified == null || modified.equals(seen)) {
      return; // Absent: an editor may be about to put the new one in place.
    }
    seen = modified;
    try {
      ControllerConfig config = source.read();
      if (!config.equals(present)) {
        next = Optional.of(config);
        stop.run();
      }
    } catch (ConfigurationException | IOException e) {
      terminal.noteRaw(
          "The changed configuration is not used; the one before stays in force: "
              + Failures.messageOf(e));
    }
  }

  private @Nullable FileTime modified() {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return null;
    }
  }
}
