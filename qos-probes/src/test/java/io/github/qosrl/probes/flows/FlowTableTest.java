package io.github.qosrl.probes.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.probes.packet.IpHeader;
import io.github.qosrl.probes.packet.Packets;
import io.github.qosrl.probes.packet.Packets.Link;
import io.github.qosrl.probes.packet.Packets.Segment;
import io.github.qosrl.probes.packet.TcpHeader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowTableTest {
  private final IpHeader ip = new IpHeader();
  private final FlowTable table = new FlowTable(flow -> {});

  private Flow find(boolean v6, int flow, boolean sent, long time) {
    Segment segment = new Segment(sent, flow, 1, 1, TcpHeader.ACK, new byte[0], 0);
    byte[] packet = new Packets(Link.RAW, v6).add(0, segment);
    assertTrue(ip.parse(Link.RAW.linkType, packet, 0, packet.length, packet.length));
    return table.of(ip, sent, time);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bothDirectionsAreOneFlow(boolean v6) {
    Flow flow = find(v6, 1, true, 0);
    assertSame(flow, find(v6, 1, false, 1));
    assertNotSame(flow, find(v6, 2, false, 2));
    assertNotSame(flow, find(!v6, 1, false, 3));
    assertEquals(3, table.size());
  }

  /** Against a map that forgets what was used last. */
  @Test
  void isAMapThatForgetsWhatHasBeenIdleForLongest() {
    Map<Integer, Flow> model =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Integer, Flow> eldest) {
            return size() > FlowTable.MOST;
          }
        };
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      int flow = (int) Math.abs(random.nextGaussian() * 4000);
      Flow found = find(false, flow, random.nextBoolean(), i);
      Flow known = model.get(flow);
      if (known != null) {
        assertSame(known, found, "flow " + flow + " after " + i);
      }
      model.put(flow, found);
      if (i % 10_000 == 0) {
        long since = i - 5000;
        table.forgetIdleSince(since);
        model.values().removeIf(one -> one.lastSeen < since);
      }
      assertEquals(model.size(), table.size());
    }
  }
}
