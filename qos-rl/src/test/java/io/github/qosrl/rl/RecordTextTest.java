package io.github.qosrl.rl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RecordTextTest {
  @Test
  void namesOnlyTheComponentsThatDiffer() {
    DqnConfig one =
        DqnConfig.builder().hidden(64, 64).learningRate(Schedule.constant(1e-3)).build();
    DqnConfig other = one.toBuilder().hidden(32).learningRate(Schedule.constant(1e-4)).build();
    assertEquals(
        "hidden=[64, 64], now hidden=[32]; learningRate=%s, now learningRate=%s"
            .formatted(one.learningRate(), other.learningRate()),
        RecordText.differences(one.toString(), other.toString()));
  }
}
