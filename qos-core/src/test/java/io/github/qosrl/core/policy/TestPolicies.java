package io.github.qosrl.core.policy;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Networks, policies and observations to test with. */
final class TestPolicies {
  private TestPolicies() {}

  static Map<String, float[]> randomParameters(NetworkShape shape, long seed) {
    Random random = new Random(seed);
    Map<String, float[]> parameters = new LinkedHashMap<>();
    for (NetworkShape.Tensor tensor : shape.tensors()) {
      float[] values = new float[tensor.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      parameters.put(tensor.name(), values);
    }
    return parameters;
  }

  static MlpPolicy randomNetwork(NetworkShape shape, long seed) {
    return MlpPolicy.of(shape, randomParameters(shape, seed));
  }

  static Policy randomPolicy(FeatureEncoder encoder, ActionSet actions, long seed) {
    NetworkShape shape = NetworkShape.of(encoder.size(), List.of(16, 12), actions.size());
    return new Policy(encoder, actions, randomNetwork(shape, seed), Map.of("seed", "" + seed));
  }

  /** The observation of the tick that ends the given number of milliseconds into the episode. */
  static Observation observation(
      long millis, double rateMbit, double throughputMbit, double inflation) {
    Instant time = Instant.EPOCH.plusMillis(millis);
    Measurement measurement =
        Measurement.builder(time.minusMillis(50), time)
            .put(Metrics.throughput(Direction.DOWNLOAD), throughputMbit * 1e6)
            .put(Metrics.throughput(Direction.UPLOAD), throughputMbit * 1e5)
            .put(Metrics.BASELINE_DELAY, 0.02)
            .put(Metrics.DELAY_INFLATION, inflation)
            .build();
    return new Observation(
        time,
        List.of(measurement),
        ShapingPlan.of(BitRate.ofMegabits(rateMbit), BitRate.ofMegabits(rateMbit / 10)));
  }
}
