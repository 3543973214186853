package io.github.qosrl.examples.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.qosrl.core.host.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policy files are read in Python, and files made of weights from there are read here. */
final class PolicyScriptsIT {
  @TempDir Path folder;

  @BeforeEach
  void requirePython() {
    assumeTrue(
        Files.isExecutable(Path.of(PythonWeights.PYTHON)),
        "needs " + PythonWeights.PYTHON + "; install python3");
  }

  @Test
  void pythonReadsAPolicyFile() throws Exception {
    CommandResult result =
        PythonWeights.python(
            PythonWeights.SCRIPTS.resolve("read_policy.py"), PythonWeights.template(folder));
    String text = result.orThrow().stdout();
    assertTrue(text.contains("encoder"), text);
    int actions = PythonWeights.SHAPE.actions();
    assertTrue(text.matches("(?s).*layers\\.1\\.bias +F32 \\[" + actions + "].*"), text);
  }

  @Test
  void mistakesAreToldInOneLine() throws Exception {
    Path file = PythonWeights.template(folder);
    Path missing = folder.resolve("missing.json");
    tellsOneLine(PythonWeights.python(PythonWeights.SCRIPTS.resolve("read_policy.py"), missing));
    tellsOneLine(
        PythonWeights.python(
            PythonWeights.SCRIPTS.resolve("write_policy.py"),
            file,
            missing,
            folder.resolve("out")));
  }

  private static void tellsOneLine(CommandResult result) {
    assertNotEquals(0, result.exitCode());
    assertEquals(1, result.stderr().lines().count(), result.stderr());
    assertTrue(result.stderr().contains("missing.json"), result.stderr());
  }

  @Test
  void weightsMadeInPythonDecideHereAsTheyDoThere() throws Exception {
    PythonWeights.importAndCompare(folder, maker(), "weights.json", "weights.json");
  }

  /** Draws a network's weights, saves them, and prints its values of an input of ones. */
  private static String maker() {
    return String.join(
        "\n",
        "import json, random, sys",
        "random.seed(1)",
        "def draw(*shape):",
        "    return [draw(*shape[1:]) for _ in range(shape[0])] if shape else random.gauss(0, 0.3)",
        "def layer(i, x):",
        "    return [b + sum(w * v for w, v in zip(row, x))",
        "            for row, b in zip(net[f'layers.{i}.weight'], net[f'layers.{i}.bias'])]",
        "n, k = %d, %d".formatted(PythonWeights.SHAPE.inputs(), PythonWeights.SHAPE.actions()),
        "net = {'layers.0.weight': draw(8, n), 'layers.0.bias': draw(8),",
        "       'layers.1.weight': draw(k, 8), 'layers.1.bias': draw(k)}",
        "json.dump(net, open(sys.argv[1], 'w'))",
        "print(*layer(1, [max(0, v) for v in layer(0, [1] * n)]))");
  }
}
