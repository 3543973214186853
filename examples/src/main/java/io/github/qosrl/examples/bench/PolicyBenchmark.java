package io.github.qosrl.examples.bench;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.policy.LinkFeatures;
import io.github.qosrl.core.policy.MlpPolicy;
import io.github.qosrl.core.policy.NetworkShape;
import io.github.qosrl.core.policy.Policies;
import io.github.qosrl.core.policy.Policy;
import io.github.qosrl.core.policy.PolicyAgent;
import io.github.qosrl.core.policy.PolicyException;
import io.github.qosrl.core.policy.TrackingActions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a decision costs: the network alone, the features alone, and an agent's whole tick. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@org.openjdk.jmh.annotations.Measurement(iterations = 5, time = 1)
@Fork(1)
public class PolicyBenchmark {
  private static final int OBSERVATIONS = 64;

  private final MlpPolicy network = random(NetworkShape.of(16, List.of(64, 64), 9));
  private final float[] features = new float[16];
  private final LinkFeatures encoder = new LinkFeatures();
  private final float[] encoded = new float[encoder.size()];
  private final Observation[] observations = new Observation[OBSERVATIONS];
  private final PolicyAgent agent = new PolicyAgent(randomPolicy());
  private PolicyAgent pretrained = agent;
  private int next;

  /** A policy of the usual shape that knows nothing. */
  static Policy randomPolicy() {
    LinkFeatures features = new LinkFeatures();
    TrackingActions actions = new TrackingActions();
    NetworkShape shape = NetworkShape.of(features.size(), List.of(64, 64), actions.size());
    return new Policy(features, actions, random(shape), Map.of());
  }

  private static MlpPolicy random(NetworkShape shape) {
    Random random = new Random(1);
    Map<String, float[]> parameters = new HashMap<>();
    for (NetworkShape.Tensor tensor : shape.tensors()) {
      float[] values = new float[tensor.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = 0.2f * (float) random.nextGaussian();
      }
      parameters.put(tensor.name(), values);
    }
    return MlpPolicy.of(shape, parameters);
  }

  /** A link whose load and delay vary. */
  @Setup
  public void prepare() throws PolicyException {
    pretrained = new PolicyAgent(Policies.pretrained());
    Random random = new Random(2);
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < OBSERVATIONS; i++) {
      Instant time = Instant.ofEpochSecond(0, 50_000_000L * (i + 1));
      Measurement seen =
          Measurement.builder(time.minusMillis(50), time)
              .put(Metrics.throughput(Direction.DOWNLOAD), 20e6 * random.nextDouble())
              .put(Metrics.throughput(Direction.UPLOAD), 5e6 * random.nextDouble())
              .put(Metrics.BASELINE_DELAY, 0.03)
              .put(Metrics.DELAY_INFLATION, 0.05 * random.nextDouble())
              .build();
      ShapingPlan plan = ShapingPlan.of(BitRate.ofMegabits(20), BitRate.ofMegabits(5));
      observations[i] = new Observation(time, List.of(seen), plan);
    }
  }

  /** A 16-64-64-9 network, from features to an action. */
  @Benchmark
  public int network() {
    return network.decide(features);
  }

  /** One direction's features. */
  @Benchmark
  public float[] encode() {
    encoder.encode(observations[next++ % OBSERVATIONS], Direction.DOWNLOAD, encoded);
    return encoded;
  }

  /** A whole tick of an agent: features, network and limit of both directions. */
  @Benchmark
  public ShapingPlan act() {
    return agent.act(observations[next++ % OBSERVATIONS]);
  }

  /** The same of the policy that comes with the library: a larger network, and a heuristic. */
  @Benchmark
  public ShapingPlan actPretrained() {
    return pretrained.act(observations[next++ % OBSERVATIONS]);
  }
}
