package io.github.qosrl.core.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import org.junit.jupiter.api.Test;

class LinkScoreTest {

  @Test
  void aRunIsSummedUp() {
    LinkScore.Recorder recorder = new LinkScore.Recorder();
    recorder.addBytes(Direction.DOWNLOAD, 100, 80);
    recorder.addBytes(Direction.DOWNLOAD, 100, 100);
    recorder.addBytes(Direction.UPLOAD, 50, 10);
    for (int i = 0; i <= 1000; i++) {
      recorder.addInflation((1000 - i) / 1e3);
    }
    recorder.addLost(1001);
    recorder.addLimit(Direction.DOWNLOAD, BitRate.ofMegabits(1));
    recorder.addLimit(Direction.DOWNLOAD, BitRate.ofMegabits(3));
    LinkScore score = recorder.score();
    assertEquals(0.9, score.utilisation(Direction.DOWNLOAD), 1e-12);
    assertEquals(0.2, score.utilisation(Direction.UPLOAD), 1e-12);
    assertEquals(0.5, score.inflationMean(), 1e-9);
    assertEquals(0.5, score.inflationP50(), 1e-9);
    assertEquals(0.95, score.inflationP95(), 1e-9);
    assertEquals(0.99, score.inflationP99(), 1e-9);
    assertEquals(0.5, score.probeLoss(), 1e-9);
    assertEquals(0.5, score.downloadVariation(), 1e-9);
    assertEquals(0, score.uploadVariation());
  }

  @Test
  void nothingMeasuredIsNotANumber() {
    LinkScore score = new LinkScore.Recorder().score();
    assertTrue(Double.isNaN(score.inflationP95()));
    assertTrue(Double.isNaN(score.probeLoss()));
    assertTrue(Double.isNaN(score.downloadUtilisation()));
  }
}
