package io.github.qosrl.linux.tc;

import io.github.qosrl.core.BitRate;
import java.util.List;
import java.util.Optional;

/**
 * Common Applications Kept Enhanced: a shaper with fair queues and active queue management of its
 * own, and tins by DSCP (tc-cake(8)).
 *
 * @param options everything but the bandwidth
 */
record CakeDiscipline(CakeOptions options) implements Discipline {

  @Override
  public String kind() {
    return "cake";
  }

  @Override
  public String claim(Device device, Limit limit) {
    return "qdisc add dev %s root handle %s cake bandwidth %dbit %s"
        .formatted(device.name(), HANDLE, limit.rate().bitsPerSecond(), options);
  }

  @Override
  public List<String> build(Device device, Limit limit) {
    return List.of();
  }

  @Override
  public List<String> set(Device device, Limit limit) {
    // CAKE keeps every parameter that a change does not name.
    return List.of(
        "qdisc change dev %s root handle %s cake bandwidth %dbit"
            .formatted(device.name(), HANDLE, limit.rate().bitsPerSecond()));
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
    double shown = 8.0 * seen.root().orElseThrow().options().path("bandwidth").asLong();
    return Discipline.same(shown, wanted.rate())
        ? Optional.empty()
        : Optional.of("its bandwidth is " + BitRate.ofBitsPerSecond(shown));
  }
}
