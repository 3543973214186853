package io.github.qosrl.probes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class SampleStatisticsProperties {

  @Property
  void isOrdered(
      @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = 0, max = 10) Double> list) {
    double[] samples = list.stream().mapToDouble(Double::doubleValue).toArray();
    SampleStatistics s = SampleStatistics.of(samples, samples.length);
    double max = s.sorted()[samples.length - 1];
    assertTrue(s.sorted()[0] <= s.percentile(0.5));
    assertTrue(s.percentile(0.5) <= s.percentile(0.95));
    assertTrue(s.percentile(0.95) <= max);
    assertTrue(s.mean() >= s.sorted()[0] - 1e-12 && s.mean() <= max + 1e-12);
    assertTrue(s.variance() >= 0);
  }

  @Example
  void interpolatesAsDefinitionSevenDoes() {
    SampleStatistics s = SampleStatistics.of(new double[] {4, 1, 3, 2}, 4);
    assertEquals(2.5, s.percentile(0.5), 1e-12);
    assertEquals(3.85, s.percentile(0.95), 1e-12);
    assertEquals(1.25, s.variance(), 1e-12);
  }
}
