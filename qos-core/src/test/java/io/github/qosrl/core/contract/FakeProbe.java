package io.github.qosrl.core.contract;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Pace;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A continuous probe that reports what a test sets. Values stay until they are changed; scripted
 * measurements and failures come first, in the order in which they were added.
 */
public final class FakeProbe implements Probe {
  private final MonotonicClock clock;
  private final Map<Metric, Double> values = new LinkedHashMap<>();
  private final Set<Metric> metrics;
  private final Deque<Object> script = new ArrayDeque<>();
  private final List<Pace> paces = new ArrayList<>();
  private Duration idlePeriod = Duration.ZERO;
  private boolean immediate;
  private Instant last;
  private int measured;
  private int closes;

  /**
   * @param metrics what {@link #metrics} reports
   */
  public FakeProbe(MonotonicClock clock, Set<Metric> metrics) {
    this.clock = clock;
    this.metrics = Set.copyOf(metrics);
    this.last = clock.now();
  }

  /** Sets what is measured from now on. */
  public synchronized FakeProbe set(Metric metric, double value) {
    values.put(metric, value);
    return this;
  }

  /** Lets a metric be absent from now on. */
  public synchronized FakeProbe absent(Metric metric) {
    values.remove(metric);
    return this;
  }

  /** Has one of the next calls answer with this, window and all. */
  public synchronized FakeProbe then(Measurement measurement) {
    script.add(measurement);
    return this;
  }

  /** Has one of the next calls answer with the window since the last, filled in by the caller. */
  public synchronized FakeProbe then(Consumer<Measurement.Builder> fill) {
    script.add(fill);
    return this;
  }

  /** Has one of the next calls fail. */
  public synchronized FakeProbe thenFail(String message) {
    script.add(new ProbeException(message));
    return this;
  }

  /** Has it ask for so much time between two measurements of an idle link. */
  public synchronized FakeProbe idlePeriod(Duration period) {
    idlePeriod = period;
    return this;
  }

  /** Has it say that it never waits. */
  public synchronized FakeProbe immediate() {
    immediate = true;
    return this;
  }

  /** The paces that it was told, oldest first. */
  public synchronized List<Pace> paces() {
    return List.copyOf(paces);
  }

  /** How often it was asked. */
  public synchronized int measured() {
    return measured;
  }

  /** How often it was closed. */
  public synchronized int closes() {
    return closes;
  }

  @Override
  public Set<Metric> metrics() {
    return metrics;
  }

  @Override
  public synchronized boolean isImmediate() {
    return immediate;
  }

  @Override
  public synchronized Duration pace(Pace pace) {
    paces.add(pace);
    return pace == Pace.IDLE ? idlePeriod : Duration.ZERO;
  }

  @Override
  @SuppressWarnings("unchecked")
  public synchronized Measurement measure(Duration timeout)
      throws ProbeException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (closes > 0) {
      throw new ProbeException("the probe is closed; make another");
    }
    measured++;
    Object next = script.poll();
    if (next instanceof ProbeException failure) {
      throw failure;
    }
    Instant from = last;
    last = clock.now();
    if (next instanceof Measurement scripted) {
      return scripted;
    }
    Measurement.Builder window = Measurement.builder(from, last);
    if (next != null) {
      ((Consumer<Measurement.Builder>) next).accept(window);
    } else {
      values.forEach(window::put);
    }
    return window.build();
  }

  @Override
  public synchronized void close() {
    closes++;
  }
}
