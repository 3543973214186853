package io.github.qosrl.linux.tc;

import java.time.Duration;
import java.util.List;

/**
 * How packets wait in a shaper of one queue per class (TBF, HTB).
 *
 * @param queue the longest that a packet may wait, 1 ms to 10 s
 * @param classes the traffic classes, in the order in which packets are matched; empty if all
 *     traffic is one (TBF has no classes)
 * @param fallback the class of packets that no class matches; empty if there are no classes
 */
public record QueueOptions(Duration queue, List<TrafficClass> classes, String fallback) {

  /** A queue of 50 ms, and no classes. */
  public static final QueueOptions DEFAULT = new QueueOptions(Duration.ofMillis(50), List.of(), "");

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public QueueOptions {
    if (queue.toNanos() < 1_000_000 || queue.compareTo(Duration.ofSeconds(10)) > 0) {
      throw new IllegalArgumentException("queue " + queue + " is not from 1 ms to 10 s");
    }
    classes = List.copyOf(classes);
    if (classes.stream().map(TrafficClass::name).distinct().count() < classes.size()) {
      throw new IllegalArgumentException("two traffic classes have the same name");
    }
    if (classes.stream().mapToDouble(TrafficClass::share).sum() > 1 + 1e-9) {
      throw new IllegalArgumentException("the shares of the traffic classes exceed 1");
    }
    String name = fallback;
    if (!classes.isEmpty() && classes.stream().noneMatch(c -> c.name().equals(name))) {
      throw new IllegalArgumentException("fallback '" + fallback + "' is not a traffic class");
    }
  }

  /** The same with another queue. */
  public QueueOptions withQueue(Duration newQueue) {
    return new QueueOptions(newQueue, classes, fallback);
  }

  /** The same with the classes high, medium and low, in the proportion 10 : 5 : 1, by DSCP. */
  public QueueOptions withStandardClasses() {
    return new QueueOptions(
        queue, TrafficClasses.STANDARD.all(), TrafficClasses.STANDARD.fallbackName());
  }

  /**
   * The same with two classes: interactive, for what is short (at most 127 bytes) or urgent (ICMP,
   * DSCP EF), which passes bulk, everything else.
   */
  public QueueOptions withInteractiveFirst() {
    TrafficClasses two = TrafficClasses.INTERACTIVE_FIRST;
    return new QueueOptions(queue, two.all(), two.fallbackName());
  }

  TrafficClasses trafficClasses() {
    return classes.isEmpty() ? TrafficClasses.NONE : new TrafficClasses(classes, fallback);
  }
}
