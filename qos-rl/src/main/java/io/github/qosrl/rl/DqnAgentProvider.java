package io.github.qosrl.rl;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.Reward;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.policy.ActionSet;
import io.github.qosrl.core.policy.ActionSetProvider;
import io.github.qosrl.core.policy.FeatureEncoder;
import io.github.qosrl.core.policy.FeatureEncoderProvider;
import io.github.qosrl.core.policy.Policies;
import io.github.qosrl.core.policy.Policy;
import io.github.qosrl.core.policy.PolicyFile;
import io.github.qosrl.core.policy.PretrainedAgentProvider;
import io.github.qosrl.core.policy.TrackingActions;
import io.github.qosrl.core.spi.AgentProvider;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.rl.nd4j.Backends;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The agent {@code dqn}: learns while it controls.
 *
 * <p>Settings: those of {@link DqnSettings}; {@code policy}, a policy file to start from, or {@code
 * pretrained}, whose encoder and actions it then uses, and whose training it goes on with,
 * exploring little (see {@link LinkRecipe#fineTuning}); otherwise {@code encoder} and {@code
 * actions}, ids, with their parameters as {@code encoder.KEY} and {@code actions.KEY}; {@code
 * directions}, {@code download}, {@code upload} or both, otherwise those that the link's plan
 * limits; {@code reward}, an id, with {@code reward.KEY}, to credit each direction by itself.
 */
public final class DqnAgentProvider implements AgentProvider {

  @Override
  public String id() {
    return "dqn";
  }

  @Override
  public String description() {
    return "a deep Q-network that learns while it controls";
  }

  @Override
  public Availability availability(Host host) {
    return Backends.missing()
        .map(artifact -> Availability.no("ND4J has no backend here", "add " + artifact))
        .orElseGet(() -> Availability.yes("an ND4J backend is on the class path"));
  }

  @Override
  public Agent create(Settings settings) throws QosException {
    Optional<String> file = settings.text("policy");
    DqnConfig absent = file.isPresent() ? LinkRecipe.fineTuning(1) : DqnConfig.defaults();
    DqnConfig config = DqnSettings.read(settings, absent);
    String encoderId = settings.text("encoder", "link");
    String actionsId = settings.text("actions", TrackingActions.ID);
    Settings encoderSettings = Settings.of("encoder " + encoderId, settings.section("encoder"));
    Settings actionSettings = Settings.of("actions " + actionsId, settings.section("actions"));
    Set<Direction> directions = directions(settings);
    Optional<String> rewardId = settings.text("reward");
    Settings rewardSettings = Settings.of("reward", settings.section("reward"));
    settings.check();
    Optional<Reward> reward = Optional.empty();
    if (rewardId.isPresent()) {
      reward = Optional.of(Plugins.rewards().require(rewardId.get()).create(rewardSettings));
    }
    try {
      if (file.isPresent()) {
        Policy policy =
            file.get().equals(PretrainedAgentProvider.ID)
                ? Policies.pretrained()
                : PolicyFile.read(Path.of(file.get()));
        return startingFrom(policy, config, directions, reward);
      }
      FeatureEncoder encoder =
          Plugins.load(FeatureEncoderProvider.class).require(encoderId).create(encoderSettings);
      ActionSet actions =
          Plugins.load(ActionSetProvider.class).require(actionsId).create(actionSettings);
      return new DqnAgent(config, encoder, actions, directions, reward);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new QosException("agent 'dqn': " + e.getMessage(), e);
    }
  }

  private static DqnAgent startingFrom(
      Policy policy, DqnConfig config, Set<Direction> directions, Optional<Reward> reward) {
    DqnConfig fitting =
        config.toBuilder()
            .hidden(policy.network().shape().hidden().toArray(Integer[]::new))
            .quantiles(policy.network().shape().quantiles())
            .dueling(false)
            .build();
    DqnAgent agent = new DqnAgent(fitting, policy.encoder(), policy.actions(), directions, reward);
    try {
      agent.startFrom(policy);
      return agent;
    } catch (IllegalArgumentException e) {
      agent.close();
      throw e;
    }
  }

  private static Set<Direction> directions(Settings settings) {
    Set<Direction> directions = EnumSet.noneOf(Direction.class);
    for (String name : settings.list("directions", List.of())) {
      switch (name.toLowerCase(Locale.ROOT)) {
        case "download" -> directions.add(Direction.DOWNLOAD);
        case "upload" -> directions.add(Direction.UPLOAD);
        default -> settings.require(false, "directions", "download, upload, or both");
      }
    }
    return directions;
  }
}
