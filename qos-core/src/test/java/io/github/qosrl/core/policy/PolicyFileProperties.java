package io.github.qosrl.core.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PolicyFileProperties {
  private static final byte[] GOOD = good();

  private static byte[] good() {
    Policy policy = TestPolicies.randomPolicy(new LinkFeatures(1), new LevelActions(), 9);
    try {
      Path file = Files.createTempFile("policy", ".safetensors");
      try {
        PolicyFile.write(file, policy);
        return Files.readAllBytes(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A damaged file reads as some policy, or is refused with one line; nothing else happens. */
  @Property(tries = 1000)
  void aMutatedFileNeverCrashesTheReader(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int mutations) {
    Random random = new Random(seed);
    byte[] bytes = GOOD.clone();
    for (int i = 0; i < mutations; i++) {
      int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(1500, bytes.length));
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        default -> {
          int n = Math.min(random.nextInt(40), bytes.length - at);
          System.arraycopy(bytes, random.nextInt(bytes.length - n + 1), bytes, at, n);
        }
      }
    }
    readOrRefuse(bytes);
  }

  @Property(tries = 500)
  void randomBytesAreRefused(@ForAll byte[] bytes) {
    readOrRefuse(bytes);
  }

  private static void readOrRefuse(byte[] bytes) {
    try {
      PolicyFile.read(new ByteArrayInputStream(bytes), "it").fresh();
    } catch (PolicyException e) {
      assertFalse(String.valueOf(e.getMessage()).contains("\n"), e.getMessage());
    }
  }

  @Property(tries = 100)
  void everyShapeTravels(
      @ForAll @IntRange(min = 1, max = 9) int inputs,
      @ForAll @IntRange(min = 0, max = 3) int layers,
      @ForAll @IntRange(min = 1, max = 9) int actions,
      @ForAll boolean dueling,
      @ForAll @IntRange(min = 1, max = 4) int quantiles)
      throws Exception {
    List<Integer> hidden = List.of(3, 8, 5).subList(0, layers);
    NetworkShape shape = new NetworkShape(inputs, hidden, actions, dueling, quantiles);
    Map<String, float[]> parameters = TestPolicies.randomParameters(shape, 1);
    Path file = Files.createTempFile("network", ".safetensors");
    try {
      Files.write(file, tensorsOnly(shape, parameters));
      Map<String, float[]> read = PolicyFile.readNetwork(file, shape).parameters();
      parameters.forEach((name, values) -> assertArrayEquals(values, read.get(name)));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static byte[] tensorsOnly(NetworkShape shape, Map<String, float[]> parameters)
      throws Exception {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    for (NetworkShape.Tensor t : shape.tensors()) {
      int[] dimensions = t.dimensions().stream().mapToInt(Integer::intValue).toArray();
      tensors.put(
          t.name(),
          new Safetensors.Tensor(dimensions, parameters.getOrDefault(t.name(), new float[0])));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Safetensors(Map.of(), tensors).write(out);
    return out.toByteArray();
  }
}
