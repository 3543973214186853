package io.github.qosrl.core.policy;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@link LinkFeatures}, and what the heuristic {@code receive-rate} would do now: the logarithm of
 * the ratio of its proposal to the present limit, for this direction and the other. Goes with
 * {@link GuidedActions}.
 */
public final class GuidedFeatures implements FeatureEncoder {

  /** The name that a policy file knows it by. */
  public static final String ID = "guided";

  private final LinkFeatures link;
  private final Guide guide = new Guide();

  /** Over the features of a link without traffic types, with four ticks of history. */
  public GuidedFeatures() {
    this(LinkFeatures.DEFAULT_HISTORY);
  }

  /**
   * Over the features of a link without traffic types.
   *
   * @param history ticks of history, 1 to {@value LinkFeatures#MAX_HISTORY}
   * @throws IllegalArgumentException if the history is out of range
   */
  public GuidedFeatures(int history) {
    this(new LinkFeatures(history));
  }

  GuidedFeatures(LinkFeatures link) {
    this.link = link;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, String> parameters() {
    return link.parameters();
  }

  @Override
  public int size() {
    return link.size() + 2;
  }

  /** A name for each feature, in order, for plots and explanations. */
  public List<String> names() {
    List<String> names = new ArrayList<>(link.names());
    names.add("proposal");
    names.add("other.proposal");
    return List.copyOf(names);
  }

  /** The heuristic that it runs. */
  Guide guide() {
    return guide;
  }

  @Override
  public void encode(Observation observation, Direction direction, float[] out) {
    link.encode(observation, direction, out);
    guide.update(observation);
    Direction other = direction == Direction.DOWNLOAD ? Direction.UPLOAD : Direction.DOWNLOAD;
    out[link.size()] = proposal(observation, direction);
    out[link.size() + 1] = proposal(observation, other);
  }

  private float proposal(Observation observation, Direction direction) {
    double rate = observation.plan().rate(direction, Double.NaN);
    return LinkFeatures.ratio(guide.rate(direction, Double.NaN), rate);
  }

  @Override
  public void reset() {
    link.reset();
    guide.reset();
  }

  @Override
  public FeatureEncoder fresh() {
    return new GuidedFeatures((LinkFeatures) link.fresh());
  }
}
