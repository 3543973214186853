package io.github.qosrl.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UploadQueueTest {
  private final UploadQueue queue = new UploadQueue();
  private long now;

  @Test
  void growsByWhatIsSentBeyondTheCapacity() {
    send(12e6, 2);
    assertEquals(0.02, queue.seen(0.04), 0.002);
  }

  @Test
  void isSeenARoundTripAfterItHasGone() {
    send(12e6, 2);
    send(0, 2);
    assertTrue(queue.seen(0.15) > 0.01, "replies that met it are still under way");
    assertEquals(0, queue.seen(0), 1e-9);
  }

  @Test
  void isForgottenSinceTheCapacityIsNotKnownExactly() {
    send(11e6, 2);
    send(10e6, 40);
    assertEquals(0, queue.seen(0.04), 1e-4);
  }

  @Test
  void saysNothingWhileTheCapacityIsUnknown() {
    queue.add(50_000_000L, 0.05, 10e6, Double.NaN);
    assertEquals(0, queue.seen(1));
  }

  private void send(double rate, int ticks) {
    for (int i = 0; i < ticks; i++) {
      now += 50_000_000L;
      queue.add(now, 0.05, rate, 10e6);
    }
  }
}
