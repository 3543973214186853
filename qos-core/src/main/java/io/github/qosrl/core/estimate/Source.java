package io.github.qosrl.core.estimate;

/** Where a figure of the {@link LinkState} came from, the most direct first. */
public enum Source {
  /** One-way delay by a clock at the far end. */
  ONE_WAY,
  /** What acknowledgements of the users' data say. */
  ACKNOWLEDGED,
  /** What arrives at the interface. */
  ARRIVALS,
  /** A round trip, less the part of it that the other direction's own figure explains. */
  ROUND_TRIP_REST,
  /** A round trip, charged to this direction by what both directions carry. */
  ATTRIBUTED_ROUND_TRIP,
  /** The round trip as it is: no direction's in particular. */
  ROUND_TRIP,
  /** What we let through, for want of anything nearer. */
  SENT,
  /** Nothing: the figure is unknown. */
  NONE;

  /** As it stands in logs: {@code one-way}, {@code acknowledged}, … */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
