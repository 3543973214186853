package io.github.qosrl.probes.fping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.probes.internal.OneWaySample;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timestamps as fping 5.3 prints them. */
class IcmpTimestampsTest {
  private static final long DAY = 86_400_000;

  private static String line(long originate, long receive, long transmit, long local) {
    return ("10.0.0.1 : [0], 20 bytes, 54.1 ms (54.1 avg, 0%% loss), timestamps:"
            + " Originate=%d Receive=%d Transmit=%d Localreceive=%d")
        .formatted(originate, receive, transmit, local);
  }

  private static OneWaySample sample(String line, double rttMillis) {
    return IcmpTimestamps.parse(line).orElseThrow().sample(Math.round(rttMillis * 1e6), null);
  }

  @Test
  void readsEachWay() {
    OneWaySample sample =
        sample("[1796145184.36313] " + line(61984358, 61984358, 61984358, 61984363), 5.13);
    // Sent at ...358.00, received in the middle of ...358, answered, and back at ...363.13.
    assertEquals(0.50e-3, sample.up(), 1e-5);
    assertEquals(4.63e-3, sample.down(), 1e-5);
    assertEquals(1e-3, sample.resolution());
  }

  @Test
  void withoutATimeOfDayTheMillisecondsMustDo() {
    OneWaySample sample = sample(line(1000, 1030, 1030, 1050), 50);
    assertEquals(0.030, sample.up(), 1e-3);
    assertEquals(0.020, sample.down(), 1e-3);
  }

  @Test
  void aTimeOfDayThatIsAnotherClocksIsNotTaken() {
    OneWaySample sample = sample("[1796145184.36313] " + line(1000, 1030, 1030, 1050), 50);
    assertEquals(0.050, sample.up() + sample.down(), 1e-3);
  }

  @Test
  void theWayLeadsAcrossMidnight() {
    OneWaySample sample = sample(line(DAY - 10, 20, 20, 40), 50);
    assertEquals(0.030, sample.up(), 1e-3);
    assertEquals(0.020, sample.down(), 1e-3);
  }

  @Test
  void aFarClockMayBeOffByAnyNumberOfHours() {
    OneWaySample sample = sample(line(1000, 1030 + DAY / 4, 1030 + DAY / 4, 1050), 50);
    assertEquals(6 * 3600 + 0.030, sample.up(), 1e-3);
    assertEquals(-6 * 3600 + 0.020, sample.down(), 1e-3);
  }

  @Test
  void aFarClockHalfADayOffDoesNotJump() {
    IcmpTimestamps before =
        IcmpTimestamps.parse(line(1000, DAY / 2 + 999, DAY / 2 + 999, 1050)).orElseThrow();
    IcmpTimestamps after =
        IcmpTimestamps.parse(line(2000, DAY / 2 + 2030, DAY / 2 + 2030, 2050)).orElseThrow();
    OneWaySample first = before.sample(50_000_000, null);
    OneWaySample second = after.sample(50_000_000, first);
    assertEquals(0.031, second.up() - first.up(), 1e-3);
    assertEquals(-0.031, second.down() - first.down(), 1e-3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The high-order bit says that these are no milliseconds of a day (RFC 792, page 17).
        "timestamps: Originate=1000 Receive=2147484648 Transmit=2147484648 Localreceive=1050",
        "timestamps: Originate=1000 Receive=86400000 Transmit=86400000 Localreceive=1050",
        "timestamps: Originate=1000 Receive=99999999999999999999 Transmit=1 Localreceive=1050",
        "timestamps: Originate=1000 Receive= Transmit=1030 Localreceive=1050",
        "timestamps: Originate=1000 Receive=1030 Transmit=1030",
        "nothing of the kind"
      })
  void whatIsNoTimeOfDayIsDropped(String rest) {
    assertEquals(
        Optional.empty(),
        IcmpTimestamps.parse("10.0.0.1 : [0], 20 bytes, 54.1 ms (54.1 avg, 0% loss), " + rest));
  }

  @Property
  void bothWaysTogetherAreTheRoundTripWhateverTheFarClockSays(
      @ForAll @LongRange(min = 0, max = DAY - 1) long sent,
      @ForAll @LongRange(min = 0, max = DAY - 1) long far,
      @ForAll @LongRange(min = 0, max = 9_999) long rtt) {
    OneWaySample sample = sample(line(sent, far, far, (sent + rtt) % DAY), rtt);
    double total = sample.up() + sample.down();
    // Half a day may be ahead or behind.
    double wrapped = total - Math.rint(total / 86_400) * 86_400;
    assertEquals(rtt * 1e-3, wrapped, 1.1e-3);
  }

  @Property
  void neverThrows(@ForAll String text) {
    for (String line : new String[] {text, ", timestamps: " + text, line(1, 2, 3, 4) + text}) {
      IcmpTimestamps.parse(line)
          .ifPresent(
              found -> assertTrue(Double.isFinite(found.sample(1_000_000, null).up()), line));
    }
  }
}
