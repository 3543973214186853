package io.github.qosrl.rl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an application sees whose class path, or processor, does not suit learning. */
class BackendTest {

  /** A program that makes a learner, and tells what it is refused. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      try (DqnLearner learner = new DqnLearner(DqnConfig.defaults(), 4, 2)) {
        System.out.println("learns " + learner.network().decide(new float[4]));
      } catch (IllegalStateException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  @Test
  void aMissingBackendIsOneLineThatNamesTheArtifact() throws Exception {
    List<String> lines = run(jar -> !jar.contains("nd4j-native"), Map.of()).lines().toList();
    List<String> refusals = lines.stream().filter(l -> l.startsWith("refused: ")).toList();
    assertEquals(1, refusals.size(), lines.toString());
    assertTrue(refusals.get(0).contains("org.nd4j:nd4j-native:1.0.0-M2.1"), refusals.get(0));
    assertFalse(lines.stream().anyMatch(l -> l.startsWith("\tat ")), lines.toString());
  }

  @Test
  void missingNativesOfThePlatformNameTheArtifactToo() throws Exception {
    Predicate<String> withoutNatives =
        jar -> !jar.matches(".*/nd4j-native(-preset)?-[^/]*-(linux|macosx|windows)-[^/]*");
    String output = run(withoutNatives, Map.of());
    assertTrue(output.contains("refused: "), output);
    assertTrue(output.contains("with and without the classifier of this platform"), output);
  }

  @Test
  void openBlasThatDoesNotKnowTheProcessorIsToldOfWithTheRemedy() throws Exception {
    String slow = run(jar -> true, Map.of("OPENBLAS_CORETYPE", "Prescott"));
    assertTrue(slow.contains("learns "), slow);
    boolean hasPrescott = System.getProperty("os.arch", "").equals("amd64");
    assertEquals(
        hasPrescott, slow.contains("set the environment variable OPENBLAS_CORETYPE"), slow);
  }

  /** What the program prints with a part of this class path. */
  private static String run(Predicate<String> jars, Map<String, String> variables)
      throws Exception {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String some =
        Arrays.stream(all.split(File.pathSeparator))
            .filter(jars)
            .collect(Collectors.joining(File.pathSeparator));
    String java = System.getProperty("java.home") + "/bin/java";
    ProcessBuilder builder =
        new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", some, Child.class.getName());
    builder.environment().putAll(variables);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
