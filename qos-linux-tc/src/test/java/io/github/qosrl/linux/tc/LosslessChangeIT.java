package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.HostProcess;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that wait in the shaper survive changes of its rate. */
@TestInstance(Lifecycle.PER_CLASS)
class LosslessChangeIT {
  private static final int CHANGES = 1000;
  private static final int PACKETS = 300;

  private RouterLab lab;

  @BeforeAll
  void setUp() throws Exception {
    lab = RouterLab.start();
  }

  @AfterAll
  void tearDown() {
    if (lab != null) {
      lab.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tbf", "htb"})
  void aBacklogLosesNotOnePacketAcrossAThousandChanges(String kind) throws Exception {
    TcShaperBuilder link =
        TcShaper.builder(lab.router)
            .wan("wan")
            .queues(QueueOptions.DEFAULT.withQueue(Duration.ofSeconds(10)));
    try (TcShaper shaper = kind.equals("tbf") ? link.tbf() : link.htb()) {
      shaper.apply(upload(300));
      long sent = fill();
      for (int i = 1; i <= CHANGES; i++) {
        shaper.apply(upload(300 + i % 50));
      }
      Counters after = root();
      assertEquals(0, after.drops());
      assertTrue(after.packets() + after.queued() >= sent, after + " of " + sent);
      assertTrue(after.packets() + after.queued() <= sent + 20, after + " of " + sent);
    }
  }

  /** Sends packets faster than they may leave; returns how many have left or wait. */
  private long fill() throws Exception {
    String words = "ping -q -c %1$d -l %1$d -s 1000 -W 1 %2$s".formatted(PACKETS, RouterLab.SERVER);
    try (HostProcess ping = lab.client.start(Command.of(words.split(" ")))) {
      for (int i = 0; ; i++) {
        Counters now = root();
        if (now.packets() + now.queued() >= PACKETS) {
          assertTrue(now.backlog() > 0, "nothing waits");
          return now.packets() + now.queued();
        }
        assertTrue(ping.alive() && i < 10_000, "only " + now + " arrived");
      }
    }
  }

  private static ShapingPlan upload(int kilobits) {
    return ShapingPlan.of(Direction.UPLOAD, BitRate.parse(kilobits + "kbit"));
  }

  private Counters root() throws Exception {
    String text = RouterLab.run(lab.router, "tc -j -s qdisc show dev wan").stdout();
    return TcOutput.qdiscs(text).get(0).counters();
  }
}
