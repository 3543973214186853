package io.github.qosrl.linux.tc;

import io.github.qosrl.core.spi.Settings;

/** Makes shapers with a token bucket filter on each interface: id {@code tbf}. */
public final class TbfProvider extends TcProvider {

  @Override
  public String id() {
    return "tbf";
  }

  @Override
  public String description() {
    return "token bucket filter: one queue and one rate per direction";
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  Discipline discipline(Settings settings) {
    return new TbfDiscipline(queue(settings));
  }
}
