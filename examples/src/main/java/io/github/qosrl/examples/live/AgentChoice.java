package io.github.qosrl.examples.live;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.agent.StaticAgent;
import io.github.qosrl.core.policy.PolicyException;
import io.github.qosrl.core.policy.PolicyFile;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.examples.config.ControllerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * An agent as users write it: {@code none}; {@code static:20mbit/5mbit}; {@code static:80%}, of the
 * mean capacity where that is known; the id of an agent provider; or a policy file.
 *
 * @param text as it was written
 * @param name for tables
 */
public record AgentChoice(String text, String name) {
  private static final String STATIC = "static:";
  private static final String POLICY_ENDING = ".safetensors";

  /**
   * Reads one; a policy file is read for a try, so that a mistake in it is known before any work.
   *
   * @throws ConfigurationException if there is no such agent; lists those there are
   * @throws PolicyException if it is a policy file that cannot be used
   */
  public static AgentChoice parse(String text) throws QosException {
    if (ControllerConfig.isPolicyFile(text)) {
      PolicyFile.read(Path.of(text));
      String file = String.valueOf(Path.of(text).getFileName());
      return new AgentChoice(text, file.replace(POLICY_ENDING, ""));
    }
    if (text.startsWith(STATIC)) {
      plan(text, d -> 1e6);
      return new AgentChoice(text, text.replace(':', ' '));
    }
    List<String> known = new ArrayList<>(List.of("none", "static:DOWN/UP", "static:PERCENT%"));
    Plugins.agents().all().forEach(provider -> known.add(provider.id()));
    known.removeAll(List.of("static", "policy"));
    if (!known.contains(text)) {
      throw new ConfigurationException(
          List.of(
              "there is no agent '%s'; there are: %s, or a policy file FILE.safetensors"
                  .formatted(text, String.join(", ", known))));
    }
    return new AgentChoice(text, text.equals("none") ? "no shaping" : text);
  }

  /** As a configuration names it: a fixed rate without its rates. */
  public String id() {
    return text.startsWith(STATIC) ? "static" : text;
  }

  /** Whether it leaves the link alone. */
  public boolean shapesNothing() {
    return text.equals("none");
  }

  /**
   * Makes the agent.
   *
   * @param meanCapacity of each direction, in bit/s
   */
  public Agent create(ToDoubleFunction<Direction> meanCapacity) throws QosException {
    if (shapesNothing()) {
      return new StaticAgent(ShapingPlan.UNLIMITED);
    }
    if (ControllerConfig.isPolicyFile(text)) {
      return byId("policy", Map.of("file", text));
    }
    return text.startsWith(STATIC)
        ? new StaticAgent(plan(text, meanCapacity))
        : byId(text, Map.of());
  }

  /** Makes an agent by its provider. */
  static Agent byId(String id, Map<String, String> settings) throws QosException {
    return Plugins.agents()
        .require(id)
        .create(Settings.of("agent '" + id + "'", new LinkedHashMap<>(settings)));
  }

  private static ShapingPlan plan(String text, ToDoubleFunction<Direction> meanCapacity)
      throws ConfigurationException {
    String rates = text.substring(STATIC.length());
    try {
      if (rates.endsWith("%")) {
        double part = Double.parseDouble(rates.substring(0, rates.length() - 1)) / 100;
        return ShapingPlan.of(
            BitRate.ofBitsPerSecond(part * meanCapacity.applyAsDouble(Direction.DOWNLOAD)),
            BitRate.ofBitsPerSecond(part * meanCapacity.applyAsDouble(Direction.UPLOAD)));
      }
      String[] two = rates.split("/", 2);
      return ShapingPlan.of(BitRate.parse(two[0]), BitRate.parse(two[two.length - 1]));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          List.of(
              "'%s' is no fixed rate; accepted: static:20mbit, static:20mbit/5mbit or static:80%%"
                  .formatted(text)));
    }
  }
}
