package io.github.qosrl.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.policy.LinkFeatures;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.examples.config.Part;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncoderChoiceTest {
  @Test
  void theConfigurationAloneGivesTrafficTypesToATraining() throws Exception {
    Part agent = new Part("dqn", Map.of("encoder.types", "dns,video", "gamma", "0.9"));
    assertEquals("dns,video", EncoderChoice.of(agent).parameters().get("types"));
  }

  @Test
  void whoSaysNothingGetsTheDefault() throws Exception {
    assertEquals(
        new LinkFeatures().parameters(),
        EncoderChoice.of(new Part("pretrained", Map.of())).parameters());
  }

  @Test
  void aMistakeNamesTheKey() {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () -> EncoderChoice.of(new Part("dqn", Map.of("encoder.types", "dns,dns"))));
    assertTrue(String.valueOf(e.getMessage()).contains("types"), e.getMessage());
  }
}
