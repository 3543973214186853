package io.github.qosrl.linux.tc;

import java.util.Map;

class IfbContractIT extends RouterContract {
  IfbContractIT() {
    super(new HtbProvider(), Map.of("wan", "wan", "ifb", "ifb-wan"));
  }
}
