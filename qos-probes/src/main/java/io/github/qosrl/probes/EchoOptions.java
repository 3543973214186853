package io.github.qosrl.probes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How to probe targets with small packets that they echo: what {@code ping}, {@code fping} and
 * {@code tcp-connect} have in common. Immutable and thread-safe.
 *
 * <p><b>When a probe packet counts as lost.</b> Late is not lost: a congested queue holds all that
 * follows back as well, so packets rarely overtake each other in it. A packet counts as lost when
 * {@value #REORDERING} packets that were sent after it to the same target have been answered before
 * it (the threshold that TCP uses, RFC 5681 section 3.2), when the network reports it
 * undeliverable, or when {@link #deadline} has passed since it was sent, whichever comes first. It
 * counts in the window in which this became known. An answer that arrives after that is still a
 * delay sample and a reply received; the loss that was reported stays reported.
 *
 * @param targets whom to probe, at least one, no host twice
 * @param active how many of them to probe at a time; the others stand by to replace bad ones
 * @param interval time between two packets to one target, 50 ms to 1 min, so that no host gets more
 *     than 20 packets a second
 * @param deadline how long an answer may take before the packet counts as lost, 100 ms to 1 min
 * @param size bytes of payload, 16 to 1472 (no larger, so that no packet is fragmented)
 * @param dscp differentiated services code point of the packets, 0 to 63 (RFC 2474)
 * @param interfaceName the interface to send on; empty for the system's choice
 * @param source the address to send from; empty for the system's choice
 * @param loadInterface the interface that carries the link's load, to notice that delay does not
 *     move although load does; empty not to look
 */
public record EchoOptions(
    List<Target> targets,
    int active,
    Duration interval,
    Duration deadline,
    int size,
    int dscp,
    String interfaceName,
    String source,
    String loadInterface) {

  /** Answers to later packets that make an unanswered one count as lost. */
  public static final int REORDERING = 3;

  /** Bytes of payload unless one says otherwise: what ping and fping send by default. */
  public static final int DEFAULT_SIZE = 56;

  static final Duration MIN_INTERVAL = Duration.ofMillis(50);
  static final Duration MAX_TIME = Duration.ofMinutes(1);
  static final Duration MIN_DEADLINE = Duration.ofMillis(100);
  private static final Pattern INTERFACE = Pattern.compile("[^\\s/-][^\\s/]{0,14}");

  /**
   * @throws IllegalArgumentException if a value is out of its range; lists all that are
   */
  public EchoOptions {
    targets = List.copyOf(targets);
    List<String> problems = new ArrayList<>();
    if (targets.isEmpty()) {
      problems.add("no targets; name at least one host");
    }
    Set<String> hosts = new HashSet<>();
    for (Target target : targets) {
      if (!hosts.add(target.host())) {
        problems.add("target " + target.host() + " is there twice");
      }
    }
    if (active < 1 || active > Math.max(1, targets.size())) {
      problems.add("active = " + active + " is not within 1 to " + targets.size() + " (targets)");
    }
    within(problems, "interval", interval, MIN_INTERVAL);
    within(problems, "deadline", deadline, MIN_DEADLINE);
    if (size < 16 || size > 1472) {
      problems.add("size = " + size + " is not within 16 to 1472 bytes");
    }
    if (dscp < 0 || dscp > 63) {
      problems.add("dscp = " + dscp + " is not within 0 to 63");
    }
    for (String name : List.of(interfaceName, loadInterface)) {
      if (!name.isEmpty() && !INTERFACE.matcher(name).matches()) {
        problems.add("interface '" + name + "' is not a name of an interface");
      }
    }
    if (source.startsWith("-") || source.contains(" ")) {
      problems.add("source '" + source + "' is not an address");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /** The same with another time between two packets. */
  public EchoOptions every(Duration newInterval) {
    return new EchoOptions(
        targets, active, newInterval, deadline, size, dscp, interfaceName, source, loadInterface);
  }

  private static void within(List<String> problems, String name, Duration value, Duration min) {
    if (value.compareTo(min) < 0 || value.compareTo(MAX_TIME) > 0) {
      problems.add(
          "%s = %d ms is not within %d to %d ms"
              .formatted(name, value.toMillis(), min.toMillis(), MAX_TIME.toMillis()));
    }
  }

  /**
   * Starts from the defaults: all targets active, every 200 ms, lost after 3 s, 56 bytes, no DSCP,
   * no binding.
   */
  public static Builder builder(List<Target> targets) {
    return new Builder(targets);
  }

  /** The defaults for these targets, written as {@link Target#parse} reads them. */
  public static EchoOptions of(String... targets) {
    List<Target> parsed = new ArrayList<>();
    for (String target : targets) {
      parsed.add(Target.parse(target));
    }
    return builder(parsed).build();
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private final List<Target> targets;
    private int active;
    private Duration interval = Duration.ofMillis(200);
    private Duration deadline = Duration.ofSeconds(3);
    private int size = DEFAULT_SIZE;
    private int dscp;
    private String interfaceName = "";
    private String source = "";
    private String loadInterface = "";

    private Builder(List<Target> targets) {
      this.targets = targets;
      this.active = Math.max(1, targets.size());
    }

    /** How many targets to probe at a time. */
    public Builder active(int count) {
      this.active = count;
      return this;
    }

    /** Time between two packets to one target. */
    public Builder interval(Duration time) {
      this.interval = time;
      return this;
    }

    /** How long an answer may take before the packet counts as lost. */
    public Builder deadline(Duration time) {
      this.deadline = time;
      return this;
    }

    /** Bytes of payload. */
    public Builder size(int bytes) {
      this.size = bytes;
      return this;
    }

    /** Differentiated services code point. */
    public Builder dscp(int codePoint) {
      this.dscp = codePoint;
      return this;
    }

    /** The interface to send on. */
    public Builder interfaceName(String name) {
      this.interfaceName = name;
      return this;
    }

    /** The address to send from. */
    public Builder source(String address) {
      this.source = address;
      return this;
    }

    /** The interface that carries the link's load. */
    public Builder loadInterface(String name) {
      this.loadInterface = name;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if a value is out of its range; lists all that are
     */
    public EchoOptions build() {
      return new EchoOptions(
          targets, active, interval, deadline, size, dscp, interfaceName, source, loadInterface);
    }
  }
}
