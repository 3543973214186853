package io.github.qosrl.core.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MlpPolicyTest {

  @ParameterizedTest
  @CsvSource({
    "16,64,9,false,1",
    "7,5,3,false,1",
    "16,64,9,true,1",
    "5,9,4,false,8",
    "6,9,3,true,5"
  })
  void computesWhatTheMatricesSay(
      int inputs, int width, int actions, boolean dueling, int quantiles) {
    NetworkShape shape =
        new NetworkShape(inputs, List.of(width, width + 1), actions, dueling, quantiles);
    Map<String, float[]> parameters = TestPolicies.randomParameters(shape, 1);
    MlpPolicy network = MlpPolicy.of(shape, parameters);
    Random random = new Random(2);
    for (int n = 0; n < 20; n++) {
      float[] x = new float[inputs];
      for (int i = 0; i < inputs; i++) {
        x[i] = (float) random.nextGaussian();
      }
      float[] q = new float[actions];
      network.values(x, q);
      double[] expected = reference(shape, parameters, x);
      int best = 0;
      for (int a = 0; a < actions; a++) {
        assertEquals(expected[a], q[a], 1e-3 * (1 + Math.abs(expected[a])));
        best = q[a] > q[best] ? a : best;
      }
      assertEquals(best, network.decide(x));
    }
  }

  /** The formulas, in double precision and with no cleverness. */
  private static double[] reference(NetworkShape shape, Map<String, float[]> p, float[] features) {
    double[] x = new double[features.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = features[i];
    }
    int layers = shape.hidden().size();
    for (int l = 0; l < layers; l++) {
      x = affine(p, "layers." + l, x);
      for (int i = 0; i < x.length; i++) {
        x[i] = Math.max(0, x[i]);
      }
    }
    double[] out = affine(p, "layers." + layers, x);
    double[] q = new double[shape.actions()];
    double meanAdvantage = 0;
    for (int i = 0; i < out.length; i++) {
      q[i / shape.quantiles()] += out[i] / shape.quantiles();
      meanAdvantage += out[i] / out.length;
    }
    if (shape.dueling()) {
      double value = 0;
      for (double v : affine(p, "value", x)) {
        value += v / shape.quantiles();
      }
      for (int a = 0; a < q.length; a++) {
        q[a] += value - meanAdvantage;
      }
    }
    return q;
  }

  private static double[] affine(Map<String, float[]> p, String layer, double[] x) {
    float[] w = p.getOrDefault(layer + ".weight", new float[0]);
    float[] b = p.getOrDefault(layer + ".bias", new float[0]);
    double[] y = new double[b.length];
    for (int o = 0; o < y.length; o++) {
      y[o] = b[o];
      for (int i = 0; i < x.length; i++) {
        y[o] += w[o * x.length + i] * x[i];
      }
    }
    return y;
  }

  @Test
  void givesBackItsParametersAndSharesNothingMutable() {
    NetworkShape shape = NetworkShape.of(3, List.of(4), 2).withDueling(true);
    Map<String, float[]> parameters = TestPolicies.randomParameters(shape, 3);
    MlpPolicy network = MlpPolicy.of(shape, parameters);
    float[] before = new float[2];
    network.values(new float[] {1, 2, 3}, before);

    Map<String, float[]> read = network.parameters();
    assertEquals(parameters.keySet(), read.keySet());
    parameters.forEach((name, values) -> assertArrayEquals(values, read.get(name)));
    read.values().forEach(values -> values[0] = 99);
    parameters.values().forEach(values -> values[0] = 99);

    float[] after = new float[2];
    network.copy().values(new float[] {1, 2, 3}, after);
    assertArrayEquals(before, after);
  }

  @Test
  void refusesAMissingAnUnknownAMissizedAndAnInfiniteTensor() {
    NetworkShape shape = NetworkShape.of(3, List.of(), 2);
    float[] weight = new float[6];
    float[] bias = new float[2];
    assertRefused(shape, Map.of("layers.0.weight", weight), "'layers.0.bias' is missing");
    assertRefused(
        shape,
        Map.of("layers.0.weight", weight, "layers.0.bias", bias, "value.bias", bias),
        "'value.bias' does not belong to a 3-2 network");
    assertRefused(shape, Map.of("layers.0.weight", bias, "layers.0.bias", bias), "has 2 values");
    assertRefused(
        shape,
        Map.of("layers.0.weight", weight, "layers.0.bias", new float[] {0, Float.NaN}),
        "holds NaN");
  }

  private static void assertRefused(
      NetworkShape shape, Map<String, float[]> parameters, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> MlpPolicy.of(shape, parameters));
    assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
  }
}
