package io.github.qosrl.linux.tc;

import io.github.qosrl.core.BitRate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The token bucket filter: one queue, one rate (tc-tbf(8)).
 *
 * @param queue the longest that a packet may wait
 */
record TbfDiscipline(Duration queue) implements Discipline {

  @Override
  public String kind() {
    return "tbf";
  }

  @Override
  public String claim(Device device, Limit limit) {
    return "qdisc add " + parameters(device, limit);
  }

  @Override
  public List<String> build(Device device, Limit limit) {
    return List.of();
  }

  @Override
  public List<String> set(Device device, Limit limit) {
    return List.of("qdisc change " + parameters(device, limit));
  }

  private String parameters(Device device, Limit limit) {
    return "dev %s root handle %s tbf rate %s burst %d limit %d"
        .formatted(
            device.name(),
            HANDLE,
            rate(limit.rate()),
            Sizes.burst(limit.rate(), device),
            Sizes.burst(limit.rate(), device) + Sizes.queue(limit.rate(), queue, device));
  }

  private static String rate(BitRate rate) {
    return rate.bitsPerSecond() + "bit";
  }

  @Override
  public List<String> reads(String device) {
    return List.of(Discipline.showQdiscs(device));
  }

  @Override
  public Optional<String> difference(InterfaceState seen, Limit wanted) {
    Optional<String> root = Discipline.rootDifference(seen, kind());
    if (root.isPresent()) {
      return root;
    }
    double shown = 8.0 * seen.root().orElseThrow().options().path("rate").asLong();
    return Discipline.same(shown, wanted.rate())
        ? Optional.empty()
        : Optional.of("its rate is " + BitRate.ofBitsPerSecond(shown));
  }
}
