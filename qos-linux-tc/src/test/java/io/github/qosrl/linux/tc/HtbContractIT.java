package io.github.qosrl.linux.tc;

import java.util.Map;

class HtbContractIT extends RouterContract {
  HtbContractIT() {
    super(new HtbProvider(), Map.of("wan", "wan", "lan", "lan"));
  }
}
