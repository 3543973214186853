package io.github.qosrl.examples.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policy files are read in Python, and files made of PyTorch's weights are read here. */
final class PolicyScriptsIT {
  private static final String PYTHON = "/usr/bin/python3";
  private static final Path SCRIPTS = Path.of("policy");
  private static final NetworkShape SHAPE =
      NetworkShape.of(new LinkFeatures().size(), List.of(8), new TrackingActions().size());

  @TempDir Path folder;

  @Test
  void pythonReadsAPolicyFile() throws Exception {
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "needs " + PYTHON + "; install python3");
    CommandResult result = python(SCRIPTS.resolve("read_policy.py"), template());
    String text = result.orThrow().stdout();
    assertTrue(text.contains("encoder"), text);
    assertTrue(text.matches("(?s).*layers\\.1\\.bias +F32 \\[" + SHAPE.actions() + "].*"), text);
  }

  @Test
  void weightsThatPyTorchTrainedDecideHereAsTheyDoThere() throws Exception {
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "needs " + PYTHON + "; install python3");
    Path train = Files.writeString(folder.resolve("train.py"), trainer());
    Path weights = folder.resolve("weights.pt");
    CommandResult trained = python(train, weights);
    assumeTrue(
        !trained.stderr().contains("No module named"), "needs PyTorch; install python3-torch");
    Path imported = folder.resolve("imported.safetensors");
    python(SCRIPTS.resolve("write_policy.py"), template(), weights, imported).orThrow();
    Policy policy = PolicyFile.read(imported);
    assertTrue(String.valueOf(policy.metadata().get("trained-on")).startsWith("PyTorch"));
    float[] q = new float[SHAPE.actions()];
    float[] ones = new float[SHAPE.inputs()];
    Arrays.fill(ones, 1f);
    policy.network().values(ones, q);
    String[] expected = trained.orThrow().stdout().strip().split(" ");
    for (int i = 0; i < q.length; i++) {
      assertEquals(Double.parseDouble(expected[i]), q[i], 1e-4);
    }
  }

  /** Fits a network to something, saves it, and prints its values of an input of ones. */
  private static String trainer() {
    return String.join(
        "\n",
        "import sys, torch",
        "from torch import nn",
        "torch.manual_seed(1)",
        "class Net(nn.Module):",
        "    def __init__(self):",
        "        super().__init__()",
        "        self.layers = nn.ModuleList([nn.Linear(%d, 8), nn.Linear(8, %d)])"
            .formatted(SHAPE.inputs(), SHAPE.actions()),
        "    def forward(self, x):",
        "        return self.layers[1](torch.relu(self.layers[0](x)))",
        "net = Net()",
        "adam = torch.optim.Adam(net.parameters())",
        "for _ in range(20):",
        "    x = torch.randn(32, %d)".formatted(SHAPE.inputs()),
        "    loss = (net(x) - x[:, :1]).pow(2).mean()",
        "    adam.zero_grad(); loss.backward(); adam.step()",
        "torch.save(net.state_dict(), sys.argv[1])",
        "print(*net(torch.ones(%d)).tolist())".formatted(SHAPE.inputs()));
  }

  private Path template() throws Exception {
    Map<String, float[]> zeros = new HashMap<>();
    for (NetworkShape.Tensor tensor : SHAPE.tensors()) {
      zeros.put(tensor.name(), new float[tensor.size()]);
    }
    MlpPolicy network = MlpPolicy.of(SHAPE, zeros);
    Path file = folder.resolve("template.safetensors");
    PolicyFile.write(
        file, new Policy(new LinkFeatures(), new TrackingActions(), network, Map.of()));
    return file;
  }

  private static CommandResult python(Path script, Path... arguments) throws Exception {
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
