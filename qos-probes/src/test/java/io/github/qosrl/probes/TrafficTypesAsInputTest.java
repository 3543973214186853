package io.github.qosrl.probes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.policy.LinkFeatures;
import io.github.qosrl.core.policy.LinkFeaturesProvider;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.probes.capture.CaptureSample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a configuration's words to the numbers that a network reads. */
class TrafficTypesAsInputTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  @TempDir private Path directory;

  private static Measurement measure(String id, Map<String, String> settings) throws Exception {
    try (FakeHost host = new FakeHost();
        Probe probe = Plugins.probes().require(id).create(host, Settings.of(id, settings))) {
      return probe.measure(TIMEOUT);
    }
  }

  private static Map<String, Float> encode(String types, List<Measurement> seen) throws Exception {
    LinkFeatures encoder =
        (LinkFeatures)
            new LinkFeaturesProvider().create(Settings.of("encoder", Map.of("types", types)));
    float[] features = new float[encoder.size()];
    ShapingPlan plan = ShapingPlan.of(Direction.DOWNLOAD, BitRate.ofMegabits(10));
    Instant time = seen.get(seen.size() - 1).to();
    encoder.encode(new Observation(time, seen, plan), Direction.DOWNLOAD, features);
    Map<String, Float> byName = new HashMap<>();
    for (int i = 0; i < features.length; i++) {
      byName.put(encoder.names().get(i), features[i]);
    }
    return byName;
  }

  @Test
  void theTypeOfTheTargetAndTheSharesReachTheEncoder() throws Exception {
    Path capture = CaptureSample.dnsTraffic(directory);
    Map<String, Float> features =
        encode(
            "dns,video",
            List.of(
                measure("ping", Map.of("targets", "192.0.2.1:dns")),
                measure("capture", Map.of("file", capture.toString(), "window", "500ms"))));
    assertEquals(1f, features.get("target.is.dns"));
    assertEquals(0f, features.get("target.is.video"));
    assertEquals(1f, features.get("share.dns"));
    assertEquals(0f, features.get("share.video"));
  }

  @Test
  void severalTargetsShareTheInput() throws Exception {
    String targets = "192.0.2.1:dns,192.0.2.2:dns,192.0.2.3:dns,192.0.2.4:video";
    Map<String, Float> features =
        encode("dns,video", List.of(measure("fping", Map.of("targets", targets))));
    assertEquals(0.75f, features.get("target.is.dns"));
    assertEquals(0.25f, features.get("target.is.video"));
    assertEquals(0f, features.get("share.dns"));
  }
}
