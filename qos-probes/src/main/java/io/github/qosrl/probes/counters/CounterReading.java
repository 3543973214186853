package io.github.qosrl.probes.counters;

import java.time.Instant;

/**
 * An interface's counters at a moment, from {@code /sys/class/net/IF/statistics} (sysfs-class-net).
 *
 * @param at when they were read
 * @param ifindex the index of the interface: another one is another interface of the same name
 */
record CounterReading(
    Instant at, long ifindex, long rxBytes, long txBytes, long rxPackets, long txPackets) {

  /**
   * What a counter grew by.
   *
   * @param plausible the largest growth that can be believed after a 32-bit counter wrapped
   * @return negative if the counter was reset
   */
  static long growth(long before, long after, long plausible) {
    long growth = after - before;
    if (growth >= 0) {
      return growth;
    }
    boolean was32Bit = before >= 0 && before <= 0xffff_ffffL && after >= 0;
    long wrapped = growth + 0x1_0000_0000L;
    return was32Bit && before >= 0x8000_0000L && wrapped <= plausible ? wrapped : -1;
  }
}
