package io.github.qosrl.examples.policy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weights that PyTorch trained. Needs python3-torch, half a gigabyte that the other tests do not
 * want, so it runs only by name:
 *
 * <pre>{@code
 * mvn -pl examples -am verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
 *   -Dit.test=PyTorchWeightsCheck -Dfailsafe.failIfNoSpecifiedTests=false
 * }</pre>
 */
final class PyTorchWeightsCheck {
  @TempDir Path folder;

  @Test
  void weightsThatPyTorchTrainedDecideHereAsTheyDoThere() throws Exception {
    PythonWeights.importAndCompare(folder, trainer(), "weights.pt", "PyTorch");
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
            .formatted(PythonWeights.SHAPE.inputs(), PythonWeights.SHAPE.actions()),
        "    def forward(self, x):",
        "        return self.layers[1](torch.relu(self.layers[0](x)))",
        "net = Net()",
        "adam = torch.optim.Adam(net.parameters())",
        "for _ in range(20):",
        "    x = torch.randn(32, %d)".formatted(PythonWeights.SHAPE.inputs()),
        "    loss = (net(x) - x[:, :1]).pow(2).mean()",
        "    adam.zero_grad(); loss.backward(); adam.step()",
        "torch.save(net.state_dict(), sys.argv[1])",
        "print(*net(torch.ones(%d)).tolist())".formatted(PythonWeights.SHAPE.inputs()));
  }
}
