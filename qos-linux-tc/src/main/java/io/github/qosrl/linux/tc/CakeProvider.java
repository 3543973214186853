package io.github.qosrl.linux.tc;

import io.github.qosrl.core.spi.Settings;

/** Makes shapers with CAKE on each interface: id {@code cake}. */
public final class CakeProvider extends TcProvider {

  @Override
  public String id() {
    return "cake";
  }

  @Override
  public String description() {
    return "CAKE: fair queues with active queue management, tins by DSCP";
  }

  @Override
  Discipline discipline(Settings settings) {
    return new CakeDiscipline(CakeOptions.read(settings));
  }
}
