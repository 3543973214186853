package io.github.qosrl.linux.tc;

import java.util.Map;

class TbfContractIT extends RouterContract {
  TbfContractIT() {
    super(new TbfProvider(), Map.of("wan", "wan", "lan", "lan"));
  }
}
