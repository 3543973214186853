package io.github.qosrl.examples.embed;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.policy.PolicyFile;
import io.github.qosrl.examples.config.ControllerConfig;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every piece of Java in the READMEs stands in a program here, which the build compiles. */
final class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

  private static final Pattern YAML = Pattern.compile("```yaml\\R(.*?)```", Pattern.DOTALL);

  @Test
  void javaInTheReadmesIsThatOfThePrograms() throws Exception {
    String programs = "";
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/github/qosrl/examples/embed"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        programs += squeezed(Files.readString(file)) + "\n";
      }
    }
    List<String> blocks = blocks(Path.of("..", "README.md"));
    blocks.addAll(blocks(Path.of("..", "qos-rl", "README.md")));
    assertTrue(blocks.size() >= 3, blocks.toString());
    for (String block : blocks) {
      assertTrue(
          programs.contains(squeezed(block)),
          "a README shows Java that no program of the embed package has:\n" + block);
    }
  }

  private static List<String> blocks(Path readme) throws Exception {
    List<String> blocks = new ArrayList<>();
    Matcher m = JAVA.matcher(Files.readString(readme));
    while (m.find()) {
      blocks.add(m.group(1));
    }
    return blocks;
  }

  /** Without white space, by which line breaks may differ. */
  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void theConfigurationInTheReadmeIsAccepted(@TempDir Path folder) throws Exception {
    Path policy = folder.resolve("policy.safetensors");
    try (InputStream pretrained = PolicyFile.class.getResourceAsStream("pretrained.safetensors")) {
      Files.copy(Objects.requireNonNull(pretrained), policy);
    }
    Matcher m = YAML.matcher(Files.readString(Path.of("..", "README.md")));
    while (m.find()) {
      String text = m.group(1).replace("policy.safetensors", policy.toString());
      Path file = Files.writeString(folder.resolve("qos.yaml"), text);
      ControllerConfig config = ControllerConfig.read(Optional.of(file), Map.of(), "README");
      assertFalse(config.targets().isEmpty());
    }
  }
}
