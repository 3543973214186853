package io.github.qosrl.core.control;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.ShapingPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a plan must keep to, whoever proposes it: a floor and a ceiling for each direction, and the
 * largest change in one tick; and when the delay signal is too poor to decide by.
 *
 * <p>Floor and ceiling always hold. The largest change holds too, unless the plan in force lies
 * outside floor and ceiling: then these win. Immutable and thread-safe.
 */
public final class SafetyEnvelope {
  private final Map<Direction, BitRate> floors;
  private final Map<Direction, BitRate> ceilings;
  private final double largestIncrease;
  private final double largestDecrease;
  private final Duration staleAfter;
  private final Duration trustAfter;

  private SafetyEnvelope(Builder builder) {
    this.floors = new EnumMap<>(builder.floors);
    this.ceilings = new EnumMap<>(builder.ceilings);
    this.largestIncrease = builder.largestIncrease;
    this.largestDecrease = builder.largestDecrease;
    this.staleAfter = builder.staleAfter;
    this.trustAfter = builder.trustAfter;
  }

  /**
   * Starts from the standard envelope: at least 256 kbit/s in each direction, no ceiling, at most
   * twice and at least a tenth of the rate in force, blind after 2 s without a fresh delay, trusted
   * again after 2 s.
   */
  public static Builder builder() {
    return new Builder();
  }

  /** The standard envelope. */
  public static SafetyEnvelope standard() {
    return builder().build();
  }

  /** The lowest limit of a direction. */
  public BitRate floor(Direction direction) {
    return floors.getOrDefault(direction, new BitRate(1));
  }

  /** The highest limit of a direction; empty if there is none. */
  public Optional<BitRate> ceiling(Direction direction) {
    return Optional.ofNullable(ceilings.get(direction));
  }

  /** Age from which a delay is too old to decide by. */
  public Duration staleAfter() {
    return staleAfter;
  }

  /** How long the signal must have been good before the agent is trusted with it again. */
  public Duration trustAfter() {
    return trustAfter;
  }

  /**
   * The nearest plan to the proposed one that keeps to this envelope.
   *
   * <p>A direction that the proposal leaves out keeps the limit in force. If nothing limits it so
   * far, it gets its ceiling, or stays unlimited where there is none. Shares are passed on.
   *
   * @param proposed what an agent asks for
   * @param inForce the plan in force
   */
  public ShapingPlan admit(ShapingPlan proposed, ShapingPlan inForce) {
    ShapingPlan admitted = proposed;
    for (Direction direction : Direction.values()) {
      BitRate present = inForce.limit(direction).orElse(null);
      BitRate wanted = proposed.limit(direction).orElse(present);
      BitRate limit = admit(direction, wanted, present);
      if (limit != null && !limit.equals(proposed.limit(direction).orElse(null))) {
        admitted = admitted.with(direction, limit);
      }
    }
    return admitted;
  }

  private @Nullable BitRate admit(
      Direction direction, @Nullable BitRate wanted, @Nullable BitRate present) {
    BitRate ceiling = ceilings.get(direction);
    if (wanted == null) {
      return ceiling;
    }
    long rate = wanted.bitsPerSecond();
    if (present != null) {
      long most = (long) Math.floor(present.bitsPerSecond() * largestIncrease);
      long least = (long) Math.ceil(present.bitsPerSecond() * largestDecrease);
      rate = Math.max(least, Math.min(most, rate));
    }
    rate = Math.max(rate, floor(direction).bitsPerSecond());
    if (ceiling != null) {
      rate = Math.min(rate, ceiling.bitsPerSecond());
    }
    return new BitRate(Math.min(rate, BitRate.MAX_BITS_PER_SECOND));
  }

  /** Collects the settings of an envelope; {@link #build} validates them. Not thread-safe. */
  public static final class Builder {
    private final Map<Direction, BitRate> floors = new EnumMap<>(Direction.class);
    private final Map<Direction, BitRate> ceilings = new EnumMap<>(Direction.class);
    private double largestIncrease = 2;
    private double largestDecrease = 0.1;
    private Duration staleAfter = Duration.ofSeconds(2);
    private Duration trustAfter = Duration.ofSeconds(2);

    private Builder() {
      floor(BitRate.ofKilobits(256));
    }

    /** The lowest limit of both directions. */
    public Builder floor(BitRate floor) {
      return floor(Direction.DOWNLOAD, floor).floor(Direction.UPLOAD, floor);
    }

    /** The lowest limit of a direction. */
    public Builder floor(Direction direction, BitRate floor) {
      floors.put(direction, floor);
      return this;
    }

    /** The highest limit of both directions. */
    public Builder ceiling(BitRate ceiling) {
      return ceiling(Direction.DOWNLOAD, ceiling).ceiling(Direction.UPLOAD, ceiling);
    }

    /** The highest limit of a direction. */
    public Builder ceiling(Direction direction, BitRate ceiling) {
      ceilings.put(direction, ceiling);
      return this;
    }

    /**
     * The largest limit after a tick, as a multiple of the one before.
     *
     * @param factor at least 1
     */
    public Builder largestIncrease(double factor) {
      this.largestIncrease = factor;
      return this;
    }

    /**
     * The smallest limit after a tick, as a part of the one before.
     *
     * @param factor 0 (any cut) to 1
     */
    public Builder largestDecrease(double factor) {
      this.largestDecrease = factor;
      return this;
    }

    /** Age from which a delay is too old to decide by; positive. */
    public Builder staleAfter(Duration age) {
      this.staleAfter = age;
      return this;
    }

    /** How long the signal must be good before the agent is trusted with it again. */
    public Builder trustAfter(Duration time) {
      this.trustAfter = time;
      return this;
    }

    /**
     * The envelope.
     *
     * @throws IllegalArgumentException if settings are out of range or contradict each other; lists
     *     them all
     */
    public SafetyEnvelope build() {
      List<String> problems = new ArrayList<>();
      for (Direction d : Direction.values()) {
        BitRate floor = floors.get(d);
        BitRate ceiling = ceilings.get(d);
        if (floor != null && ceiling != null && floor.compareTo(ceiling) > 0) {
          problems.add(
              "the %s's floor %s is above its ceiling %s".formatted(d.label(), floor, ceiling));
        }
      }
      if (!(largestIncrease >= 1 && largestIncrease < Double.POSITIVE_INFINITY)) {
        problems.add(
            "largest increase " + largestIncrease + " is not a finite factor of at least 1");
      }
      if (!(largestDecrease >= 0 && largestDecrease <= 1)) {
        problems.add("largest decrease " + largestDecrease + " is not a factor from 0 to 1");
      }
      if (staleAfter.isNegative() || staleAfter.isZero()) {
        problems.add("stale after " + staleAfter + " is not positive");
      }
      if (trustAfter.isNegative()) {
        problems.add("trust after " + trustAfter + " is negative");
      }
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException("safety envelope: " + String.join("; ", problems));
      }
      return new SafetyEnvelope(this);
    }
  }
}
