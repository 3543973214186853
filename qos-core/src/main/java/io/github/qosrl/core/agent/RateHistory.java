package io.github.qosrl.core.agent;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.estimate.RateWindow;

/** The recent windows of a metric. */
final class RateHistory extends RateWindow {
  private final Metric metric;

  RateHistory(Metric metric) {
    this.metric = metric;
  }

  /** Takes in the first measurement that has the metric. */
  void add(Observation observation) {
    for (int i = 0; i < observation.measurements().size(); i++) {
      Measurement m = observation.measurements().get(i);
      double value = m.orElse(metric, Double.NaN);
      if (!Double.isNaN(value)) {
        add(AutorateAgent.nanos(m.from()), AutorateAgent.nanos(m.to()), value);
        return;
      }
    }
  }
}
