package io.github.qosrl.probes.flows;

import static io.github.qosrl.core.Direction.DOWNLOAD;
import static io.github.qosrl.core.Direction.UPLOAD;
import static io.github.qosrl.core.FlowMetrics.FLOWS;
import static io.github.qosrl.core.FlowMetrics.FLOW_ACK_COVERAGE;
import static io.github.qosrl.core.FlowMetrics.FLOW_ACK_DELAY;
import static io.github.qosrl.core.FlowMetrics.FLOW_ACK_INFLATION;
import static io.github.qosrl.core.FlowMetrics.FLOW_DELIVERED;
import static io.github.qosrl.core.FlowMetrics.FLOW_DELIVERY_RATE;
import static io.github.qosrl.core.FlowMetrics.FLOW_HOLES;
import static io.github.qosrl.core.FlowMetrics.FLOW_ONE_WAY_INFLATION;
import static io.github.qosrl.core.FlowMetrics.FLOW_RETRANSMITS;
import static io.github.qosrl.probes.flows.FlowScene.MS;
import static io.github.qosrl.probes.flows.FlowScene.SECOND;
import static io.github.qosrl.probes.flows.FlowScene.SEGMENT;
import static io.github.qosrl.probes.flows.FlowScene.START;
import static io.github.qosrl.probes.flows.FlowScene.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.probes.flows.FlowScene.Clock;
import io.github.qosrl.probes.packet.Packets;
import io.github.qosrl.probes.packet.Packets.Link;
import io.github.qosrl.probes.packet.Packets.Segment;
import io.github.qosrl.probes.packet.TcpHeader;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The upload, by what its receivers acknowledge. */
class UploadTest {
  private static final long GAP = 1_211_000;
  private static final int WIRE = SEGMENT + 32 + 20 + 14;
  private static final long ROUND_TRIP = 40 * MS;

  private FlowScene scene = new FlowScene();
  private int sequence = Integer.MAX_VALUE - 100 * SEGMENT;

  private record Pair(long time, int ack) {}

  private static long at(double seconds) {
    return START + (long) (seconds * SECOND);
  }

  /** Sends steadily; every second segment is acknowledged after that time. */
  private long send(double from, double to, long roundTrip) {
    Deque<Pair> acks = new ArrayDeque<>();
    long packets = 0;
    for (long t = at(from); t < at(to); t += GAP) {
      while (!acks.isEmpty() && acks.peek().time() <= t) {
        Pair ack = acks.remove();
        scene.ack(ack.time(), 0, ack.ack());
      }
      scene.upload(t, 0, sequence, SEGMENT);
      sequence += SEGMENT;
      packets++;
      if (packets % 2 == 0) {
        acks.add(new Pair(t + roundTrip, sequence));
      }
    }
    acks.forEach(ack -> scene.ack(ack.time(), 0, ack.ack()));
    return packets;
  }

  private Measurement take(double seconds) {
    return scene.take(at(seconds));
  }

  private static double millis(Measurement m, io.github.qosrl.core.Metric metric) {
    return 1e3 * get(m, metric, UPLOAD);
  }

  @Test
  void tellsTheTimeFromDataToItsAcknowledgement() {
    send(0, 2, ROUND_TRIP);
    Measurement m = take(2);
    assertEquals(40, millis(m, FLOW_ACK_DELAY), 0.01);
    assertEquals(0, millis(m, FLOW_ACK_INFLATION), 0.01);
    send(2, 3, ROUND_TRIP + 30 * MS);
    assertEquals(30, millis(take(3), FLOW_ACK_INFLATION), 0.01);
  }

  @ParameterizedTest
  @EnumSource(Link.class)
  void countsWhatWasDelivered(Link link) {
    for (boolean v6 : new boolean[] {false, true}) {
      scene = new FlowScene(link, v6);
      send(0, 1, ROUND_TRIP);
      take(1);
      long packets = send(1, 2, ROUND_TRIP);
      Measurement m = take(2);
      assertEquals(packets * SEGMENT, get(m, FLOW_DELIVERED, UPLOAD), SEGMENT);
      assertEquals(1, get(m, FLOWS, UPLOAD));
      assertEquals(0, get(m, FLOW_RETRANSMITS, UPLOAD));
    }
  }

  @Test
  void theRateIsThatOnTheWire() {
    send(0, 1, ROUND_TRIP);
    take(1);
    long packets = send(1, 2, ROUND_TRIP);
    assertEquals(packets * WIRE * 8.0, get(take(2), FLOW_DELIVERY_RATE, UPLOAD), 2 * WIRE * 8);
  }

  @Test
  void aDelayedAcknowledgementOfOneSegmentIsNoQueue() {
    send(0, 1, ROUND_TRIP);
    take(1);
    for (int i = 0; i < 20; i++) {
      long t = at(1.2) + i * 200 * MS;
      scene.upload(t, 0, sequence, SEGMENT);
      sequence += SEGMENT;
      scene.ack(t + ROUND_TRIP + (i % 2) * 40 * MS, 0, sequence);
    }
    assertEquals(0, millis(take(5.5), FLOW_ACK_INFLATION), 0.5);
  }

  @Test
  void aQueueAtALowRateIsSeenBeyondWhatAReceiverMayWait() {
    send(0, 1, ROUND_TRIP);
    take(1);
    for (int i = 0; i < 20; i++) {
      long t = at(1.2) + i * 120 * MS;
      scene.upload(t, 0, sequence, SEGMENT);
      sequence += SEGMENT;
      scene.ack(t + ROUND_TRIP + 500 * MS + 40 * MS, 0, sequence);
    }
    assertEquals(500, millis(take(5), FLOW_ACK_INFLATION), 1);
  }

  @Test
  void anAcknowledgementThatJumpsOverAMendedHoleTellsNoDelay() {
    send(0, 1, ROUND_TRIP);
    take(1);
    int lost = sequence;
    for (int i = 0; i < 20; i++) {
      scene.upload(at(1.1) + i * GAP, 0, lost + i * SEGMENT, SEGMENT);
    }
    for (int i = 2; i < 20; i++) {
      long t = at(1.1) + ROUND_TRIP + i * GAP;
      scene.ack(t, 0, lost, lost + SEGMENT, lost + i * SEGMENT);
    }
    Measurement hole = take(1.2);
    assertEquals(1, get(hole, FLOW_HOLES, UPLOAD));
    assertEquals(18 * SEGMENT, get(hole, FLOW_DELIVERED, UPLOAD), SEGMENT);
    scene.upload(at(1.2), 0, lost, SEGMENT);
    scene.ack(at(1.2) + ROUND_TRIP, 0, lost + 20 * SEGMENT);
    Measurement mended = take(1.3);
    assertEquals(0, get(mended, FLOW_HOLES, UPLOAD));
    assertEquals(1, get(mended, FLOW_RETRANSMITS, UPLOAD));
    assertEquals(2 * SEGMENT, get(mended, FLOW_DELIVERED, UPLOAD), SEGMENT);
    assertFalse(mended.has(FLOW_ACK_DELAY.in(UPLOAD)), mended.toString());
    sequence = lost + 20 * SEGMENT;
    send(1.3, 1.4, ROUND_TRIP);
    assertEquals(0, millis(take(1.5), FLOW_ACK_INFLATION), 0.01);
  }

  @Test
  void whatWasSentAgainTellsNoDelay() {
    send(0, 1, ROUND_TRIP);
    take(1);
    scene.upload(at(1.1), 0, sequence, SEGMENT);
    scene.upload(at(1.1) + 300 * MS, 0, sequence, SEGMENT);
    sequence += SEGMENT;
    scene.ack(at(1.1) + 300 * MS + ROUND_TRIP, 0, sequence);
    Measurement m = take(1.6);
    assertEquals(1, get(m, FLOW_RETRANSMITS, UPLOAD));
    assertFalse(m.has(FLOW_ACK_INFLATION.in(UPLOAD)), m.toString());
  }

  @Test
  void anUploadThatBeginsInAStandingQueueDoesNotTakeItForTheLeastDelay() {
    send(0, 2, ROUND_TRIP);
    send(2, 3, ROUND_TRIP + 70 * MS);
    take(3);
    for (int i = 0; i < 200; i++) {
      long t = at(3) + i * GAP;
      scene.upload(t, 1, i * SEGMENT, SEGMENT);
      if (i > 1 && i % 2 == 0) {
        scene.ack(t + 90 * MS, 1, (i - 10) * SEGMENT);
      }
    }
    assertEquals(70, millis(take(4), FLOW_ACK_INFLATION), 15);
  }

  @Test
  void theDownloadsQueueIsNotTheUploads() {
    Clock clock = Clock.LINUX;
    for (int phase = 0; phase < 4; phase++) {
      long up = phase == 1 || phase == 3 ? 25 * MS : 0;
      long down = phase >= 2 ? 60 * MS : 0;
      for (int i = 0; i < 400; i++) {
        long t = at(phase) + i * 2 * GAP;
        scene.upload(t, 0, sequence, SEGMENT);
        scene.upload(t + MS / 10, 0, sequence + SEGMENT, SEGMENT);
        sequence += 2 * SEGMENT;
        long reaches = t + MS / 10 + 20 * MS + up;
        scene.ack(reaches, reaches + 20 * MS + down, 0, sequence, clock);
      }
      Measurement m = take(phase + 1);
      assertEquals(up / 1e6, millis(m, FLOW_ONE_WAY_INFLATION), 1.1, "phase " + phase);
      assertEquals((up + down) / 1e6, millis(m, FLOW_ACK_INFLATION), 0.5, "phase " + phase);
      double seen = 1e3 * get(m, FLOW_ONE_WAY_INFLATION, DOWNLOAD);
      assertEquals(down / 1e6, seen, 1, "phase " + phase);
    }
  }

  @Test
  void theHandshakeIsTheFirstRoundTrip() {
    scene.add(at(0), new Segment(true, 0, 99, 0, TcpHeader.SYN, new byte[0], 0));
    int flags = TcpHeader.SYN | TcpHeader.ACK;
    scene.add(at(0) + ROUND_TRIP, new Segment(false, 0, 7, 100, flags, new byte[0], 0));
    Measurement m = take(1);
    assertEquals(40, millis(m, FLOW_ACK_DELAY), 0.01);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 16})
  void everyFewPacketsTellTheSame(int oneIn) {
    scene.meter.sampled(UPLOAD, oneIn, oneIn);
    scene.meter.sampled(DOWNLOAD, oneIn, oneIn / 2);
    long delivered = 0;
    int first = sequence;
    for (int second = 0; second < 3; second++) {
      long queue = second == 2 ? 35 * MS : 0;
      for (int i = 0; i < 4000; i++) {
        long t = at(second) + i * SECOND / 4000;
        int end = sequence + SEGMENT;
        if (drawn(end, oneIn)) {
          scene.upload(t, 0, sequence, SEGMENT);
        }
        int acknowledged = end - (80 + (int) (queue / 1e9 * 4000)) * SEGMENT;
        if (i % 2 == 0 && drawn(acknowledged, oneIn / 2) && acknowledged - first > 0) {
          scene.ack(t, 0, acknowledged);
        }
        sequence = end;
      }
      Measurement m = take(second + 1);
      delivered += (long) get(m, FLOW_DELIVERED, UPLOAD);
      if (second > 0) {
        assertEquals(queue / 1e6, millis(m, FLOW_ACK_INFLATION), 1.5);
      }
    }
    assertEquals(12_000L * SEGMENT, delivered, 400 * SEGMENT);
  }

  private static boolean drawn(int number, int oneIn) {
    return number * 0x9E3779B1 >>> Integer.numberOfLeadingZeros(oneIn) + 1 == 0;
  }

  @Test
  void coverageIsThePartThatIsAcknowledged() {
    send(0, 1, ROUND_TRIP);
    take(1);
    long packets = send(1, 2, ROUND_TRIP);
    scene.meter.passed(UPLOAD, 4.0 * packets * WIRE);
    double keep = Math.exp(-0.5);
    assertEquals((1 + keep) / 4, get(take(2), FLOW_ACK_COVERAGE, UPLOAD), 0.1);
  }

  @Test
  void acknowledgementsOfDataThatWasNeverSeenCountForNothing() {
    for (int i = 0; i < 100; i++) {
      scene.ack(at(0) + i * MS, 0, i * SEGMENT);
    }
    Measurement m = take(1);
    assertEquals(0, get(m, FLOW_DELIVERED, UPLOAD));
    assertFalse(m.has(FLOW_DELIVERY_RATE.in(UPLOAD)));
  }

  @Test
  void aWildAcknowledgementCountsForNothing() {
    send(0, 1, ROUND_TRIP);
    take(1);
    scene.ack(at(1.1), 0, sequence + (1 << 29));
    scene.ack(at(1.1), 0, sequence - (1 << 29));
    scene.add(
        at(1.2),
        new Segment(
            false,
            0,
            1,
            sequence,
            TcpHeader.ACK,
            Packets.options(false, 0, sequence + (1 << 28), sequence + (1 << 29)),
            0));
    assertTrue(get(take(1.3), FLOW_DELIVERED, UPLOAD) <= SEGMENT);
  }
}
