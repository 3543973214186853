package io.github.qosrl.examples.train;

import io.github.qosrl.core.Environment;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.policy.ActionSet;
import io.github.qosrl.core.policy.FeatureEncoder;
import io.github.qosrl.examples.config.ControllerConfig;
import io.github.qosrl.examples.live.LiveController;
import io.github.qosrl.rl.LinkRecipe;
import io.github.qosrl.rl.LinkTask;
import java.time.Duration;

/** Training on a real link: slow, since time passes as it does, and true. */
public final class LiveTraining implements AutoCloseable {
  private static final Duration EPISODE = Duration.ofSeconds(10);

  private final ControllerConfig config;
  private final Host host;
  private final Environment environment;
  private final FeatureEncoder encoder;

  private LiveTraining(
      ControllerConfig config, Host host, Environment environment, FeatureEncoder encoder) {
    this.config = config;
    this.host = host;
    this.encoder = encoder;
    this.environment = environment;
  }

  /**
   * Opens the link.
   *
   * @throws QosException if a part cannot work; nothing is left open
   */
  public static LiveTraining open(ControllerConfig config)
      throws QosException, InterruptedException {
    FeatureEncoder encoder = EncoderChoice.of(config.agent());
    Host host = Hosts.parse(config.host());
    try {
      Environment link =
          new LiveController(host, config).environment(interval(config), ticks(config));
      return new LiveTraining(config, host, link, encoder);
    } catch (QosException | InterruptedException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  private static Duration interval(ControllerConfig config) {
    return config.interval().orElse(LinkRecipe.INTERVAL);
  }

  private static long ticks(ControllerConfig config) {
    return Math.max(1, EPISODE.dividedBy(interval(config)));
  }

  /** Time between two decisions. */
  public Duration interval() {
    return interval(config);
  }

  /** Decisions in an episode. */
  public long ticksPerEpisode() {
    return ticks(config);
  }

  /**
   * Control of this link. There is only one of it, so nothing else can be evaluated on. What the
   * policy sees is what the configuration's agent has as {@code encoder}.
   */
  public LinkTask task(ActionSet actions) {
    return LinkTask.of(() -> environment, encoder, actions).controlling(config.directions());
  }

  /** Puts the link back as it was found. */
  @Override
  public void close() throws QosException {
    try {
      environment.close();
    } finally {
      host.close();
    }
  }
}
