package io.github.qosrl.linux.tc;

import io.github.qosrl.core.spi.Settings;

/** Makes shapers with HTB over fq_codel on each interface: id {@code htb-fq-codel}. */
public final class HtbFqCodelProvider extends TcProvider {

  @Override
  public String id() {
    return "htb-fq-codel";
  }

  @Override
  public String description() {
    return "hierarchical token bucket over fair queues with active queue management";
  }

  @Override
  Discipline discipline(Settings settings) {
    return new HtbDiscipline(ClassSettings.read(settings), new Leaf.FqCodel());
  }
}
