package io.github.qosrl.core;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The action of an agent: a limit for each direction it controls and, optionally, how a direction's
 * limit is shared among traffic classes. A direction without a limit is left unshaped.
 *
 * <p>Immutable and thread-safe.
 */
public final class ShapingPlan {

  /** The plan that limits nothing. */
  public static final ShapingPlan UNLIMITED = new ShapingPlan(null, null, Map.of());

  private final @Nullable BitRate download;
  private final @Nullable BitRate upload;
  private final Map<Direction, Map<String, Double>> shares;

  private ShapingPlan(
      @Nullable BitRate download,
      @Nullable BitRate upload,
      Map<Direction, Map<String, Double>> shares) {
    this.download = download;
    this.upload = upload;
    this.shares = shares;
  }

  /** A plan that limits both directions. */
  public static ShapingPlan of(BitRate download, BitRate upload) {
    return new ShapingPlan(
        Objects.requireNonNull(download), Objects.requireNonNull(upload), Map.of());
  }

  /** A plan that limits one direction. */
  public static ShapingPlan of(Direction direction, BitRate limit) {
    return UNLIMITED.with(direction, limit);
  }

  /** The limit of a direction; empty if it is left unshaped. */
  public Optional<BitRate> limit(Direction direction) {
    return Optional.ofNullable(rate(direction));
  }

  /**
   * A direction's limit for arithmetic, in bit/s.
   *
   * @param absent what to return if the direction is unlimited
   */
  public double rate(Direction direction, double absent) {
    Optional<BitRate> limit = limit(direction);
    return limit.isPresent() ? limit.get().bitsPerSecond() : absent;
  }

  /** Whether this plan limits the direction. */
  public boolean limits(Direction direction) {
    return rate(direction) != null;
  }

  private @Nullable BitRate rate(Direction direction) {
    return direction == Direction.DOWNLOAD ? download : upload;
  }

  /** This plan with another limit for one direction; its shares stay. */
  public ShapingPlan with(Direction direction, BitRate limit) {
    Objects.requireNonNull(limit);
    return direction == Direction.DOWNLOAD
        ? new ShapingPlan(limit, upload, shares)
        : new ShapingPlan(download, limit, shares);
  }

  /** This plan with one direction left unshaped, and without its shares. */
  public ShapingPlan without(Direction direction) {
    Map<Direction, Map<String, Double>> rest = withShares(direction, Map.of()).shares;
    return direction == Direction.DOWNLOAD
        ? new ShapingPlan(null, upload, rest)
        : new ShapingPlan(download, null, rest);
  }

  /**
   * The part of a direction's limit that is guaranteed to each traffic class, 0 to 1; empty if the
   * plan says nothing of classes. Unmodifiable, in the order given.
   */
  public Map<String, Double> shares(Direction direction) {
    return shares.getOrDefault(direction, Map.of());
  }

  /**
   * This plan with other shares for one direction.
   *
   * @param newShares guaranteed part of the direction's limit by class name; each in (0, 1], in sum
   *     at most 1. Empty removes the shares.
   * @throws IllegalArgumentException if a share is out of range, or their sum is
   */
  public ShapingPlan withShares(Direction direction, Map<String, Double> newShares) {
    if (newShares.isEmpty() && !shares.containsKey(direction)) {
      return this;
    }
    double sum = 0;
    for (Map.Entry<String, Double> share : newShares.entrySet()) {
      double value = share.getValue();
      if (!(value > 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "share of class '" + share.getKey() + "' is " + value + "; accepted: (0, 1]");
      }
      sum += value;
    }
    if (sum > 1 + 1e-9) {
      throw new IllegalArgumentException("shares " + newShares + " add up to more than 1");
    }
    Map<Direction, Map<String, Double>> all = new EnumMap<>(Direction.class);
    all.putAll(shares);
    all.remove(direction);
    if (!newShares.isEmpty()) {
      all.put(direction, Collections.unmodifiableMap(new LinkedHashMap<>(newShares)));
    }
    return new ShapingPlan(download, upload, all);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShapingPlan p
        && Objects.equals(download, p.download)
        && Objects.equals(upload, p.upload)
        && shares.equals(p.shares);
  }

  @Override
  public int hashCode() {
    return Objects.hash(download, upload, shares);
  }

  /** For example {@code download 20mbit, upload 5mbit}. */
  @Override
  public String toString() {
    if (download == null && upload == null) {
      return "unlimited";
    }
    StringBuilder text = new StringBuilder();
    for (Direction d : Direction.values()) {
      BitRate rate = rate(d);
      if (rate != null) {
        text.append(text.isEmpty() ? "" : ", ").append(d.label()).append(' ').append(rate);
        if (!shares(d).isEmpty()) {
          text.append(' ').append(shares(d));
        }
      }
    }
    return text.toString();
  }
}
