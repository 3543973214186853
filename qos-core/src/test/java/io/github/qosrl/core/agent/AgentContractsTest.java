package io.github.qosrl.core.agent;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.contract.AgentContract;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Every agent of this package keeps the contract of agents. */
class AgentContractsTest {

  @Nested
  class Static extends AgentContract {
    @Override
    protected Agent agent() throws Exception {
      return create("static", Map.of("download", "10mbit"));
    }
  }

  @Nested
  class ThreeLevel extends AgentContract {
    @Override
    protected Agent agent() throws Exception {
      return create("three-level", Map.of());
    }
  }

  @Nested
  class Autorate extends AgentContract {
    @Override
    protected Agent agent() throws Exception {
      return create("autorate", Map.of());
    }
  }

  @Nested
  class ReceiveRate extends AgentContract {
    @Override
    protected Agent agent() throws Exception {
      return create("receive-rate", Map.of());
    }
  }

  @Nested
  class PlainReceiveRate extends AgentContract {
    @Override
    protected Agent agent() throws Exception {
      return create("receive-rate-plain", Map.of());
    }
  }

  private static Agent create(String id, Map<String, String> settings) throws Exception {
    return Plugins.agents().require(id).create(Settings.of("agent '" + id + "'", settings));
  }
}
