package io.github.qosrl.probes.internal;

/**
 * How long an echo took each way by two clocks that do not agree: both times contain the difference
 * of the clocks, with opposite signs, so their sum is the round-trip time less what the far end
 * took to answer.
 *
 * @param up from here to the far end, seconds; may be negative
 * @param down from the far end to here, seconds; may be negative
 * @param resolution the step in which the coarser of them is told, seconds
 */
public record OneWaySample(double up, double down, double resolution) {}
