package io.github.qosrl.examples.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.policy.LinkFeatures;
import io.github.qosrl.core.policy.MlpPolicy;
import io.github.qosrl.core.policy.NetworkShape;
import io.github.qosrl.core.policy.Policy;
import io.github.qosrl.core.policy.PolicyFile;
import io.github.qosrl.core.policy.TrackingActions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Weights from Python become a policy here: what the tests of it share. */
final class PythonWeights {
  static final String PYTHON = "/usr/bin/python3";
  static final Path SCRIPTS = Path.of("policy");
  static final NetworkShape SHAPE =
      NetworkShape.of(new LinkFeatures().size(), List.of(8), new TrackingActions().size());

  private PythonWeights() {}

  /**
   * Imports what the program writes to the file it is given, and demands that the policy decides as
   * the program says: it prints the network's values of an input of ones.
   */
  static void importAndCompare(Path folder, String program, String weights, String origin)
      throws Exception {
    Path made = folder.resolve(weights);
    CommandResult maker =
        python(Files.writeString(folder.resolve("make.py"), program), made).orThrow();
    Path imported = folder.resolve("imported.safetensors");
    python(SCRIPTS.resolve("write_policy.py"), template(folder), made, imported).orThrow();
    Policy policy = PolicyFile.read(imported);
    String from = String.valueOf(policy.metadata().get("trained-on"));
    assertTrue(from.startsWith(origin), from);
    assertEquals(Optional.of(Duration.ofMillis(70)), policy.interval());
    float[] q = new float[SHAPE.actions()];
    float[] ones = new float[SHAPE.inputs()];
    Arrays.fill(ones, 1f);
    policy.network().values(ones, q);
    String[] expected = maker.stdout().strip().split(" ");
    for (int i = 0; i < q.length; i++) {
      assertEquals(Double.parseDouble(expected[i]), q[i], 1e-4);
    }
  }

  static Path template(Path folder) throws Exception {
    Map<String, float[]> zeros = new HashMap<>();
    for (NetworkShape.Tensor tensor : SHAPE.tensors()) {
      zeros.put(tensor.name(), new float[tensor.size()]);
    }
    MlpPolicy network = MlpPolicy.of(SHAPE, zeros);
    Path file = folder.resolve("template.safetensors");
    PolicyFile.write(
        file,
        new Policy(
            new LinkFeatures(), new TrackingActions(), network, Map.of(Policy.INTERVAL, "70ms")));
    return file;
  }

  static CommandResult python(Path script, Path... arguments) throws Exception {
    String[] all = new String[arguments.length + 2];
    all[0] = PYTHON;
    all[1] = script.toString();
    for (int i = 0; i < arguments.length; i++) {
      all[i + 2] = arguments[i].toString();
    }
    try (Host host = Hosts.local()) {
      return host.run(Command.of(all).within(Duration.ofMinutes(2)));
    }
  }
}
