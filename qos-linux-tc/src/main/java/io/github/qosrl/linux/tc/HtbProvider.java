package io.github.qosrl.linux.tc;

import io.github.qosrl.core.spi.Settings;

/** Makes shapers with a hierarchical token bucket on each interface: id {@code htb}. */
public final class HtbProvider extends TcProvider {

  @Override
  public String id() {
    return "htb";
  }

  @Override
  public String description() {
    return "hierarchical token bucket: one rate per direction, shared by traffic classes";
  }

  @Override
  public int priority() {
    return 20;
  }

  @Override
  Discipline discipline(Settings settings) {
    return new HtbDiscipline(ClassSettings.read(settings), new Leaf.Fifo(queue(settings)));
  }
}
