package io.github.qosrl.core.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
  @TempDir Path directory = Path.of("");

  private static final Policy POLICY =
      TestPolicies.randomPolicy(
          new LinkFeatures(2, List.of("dns", "lan"), "dns"), new TrackingActions(), 5);

  @Test
  void readsBackWhatWasWritten() throws Exception {
    Path file = directory.resolve("p.safetensors");
    PolicyFile.write(file, POLICY);
    Policy read = PolicyFile.read(file);
    assertEquals(POLICY.encoder().parameters(), read.encoder().parameters());
    assertEquals(POLICY.actions().parameters(), read.actions().parameters());
    assertEquals(POLICY.network().shape(), read.network().shape());
    assertEquals(POLICY.metadata(), read.metadata());
    POLICY
        .network()
        .parameters()
        .forEach((k, v) -> assertArrayEquals(v, read.network().parameters().get(k)));
  }

  @Test
  void replacesAnOldFileAndLeavesNothingElse() throws Exception {
    Path file = directory.resolve("p.safetensors");
    Files.writeString(file, "old");
    PolicyFile.write(file, POLICY);
    PolicyFile.read(file);
    assertEquals(List.of(file), list());
  }

  @Test
  void aWriteThatFailsLeavesTheOldFileAndNothingElse() throws Exception {
    Path file = directory.resolve("p");
    Files.writeString(file, "old");
    IOException disk = new IOException("No space left on device");
    assertThrows(
        IOException.class,
        () ->
            AtomicFile.write(
                file,
                out -> {
                  out.write(new byte[100_000]);
                  throw disk;
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(file), list());
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void writingWhereNoDirectoryIsSaysSo() {
    Path file = directory.resolve("none/p");
    PolicyException e = assertThrows(PolicyException.class, () -> PolicyFile.write(file, POLICY));
    assertTrue(message(e).endsWith("its directory does not exist; create it"), message(e));
  }

  @Test
  void readsWeightsThatWereTrainedElsewhere() throws Exception {
    NetworkShape shape = NetworkShape.of(2, List.of(), 1);
    String header =
        "{\"layers.0.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]},"
            + "\"layers.0.weight\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
    MlpPolicy network = PolicyFile.readNetwork(file(header, 1, 2, 3), shape);
    float[] q = new float[1];
    network.values(new float[] {10, 100}, q);
    assertEquals(213, q[0]);
  }

  /** Replaces a piece of a good file's header, and keeps the rest of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schema\":\"1\"      | \"schema\":\"2\"         | has schema '2'; accepted: 1",
        "\"format\"            | \"formed\"               | its metadata has no 'format'",
        "\"encoder\":\"link\"  | \"encoder\":\"psychic\"  | no feature encoder 'psychic'",
        "\"actions\":\"tracking\" | \"actions\":\"magic\" | no action set 'magic'",
        "\"encoder.history\":\"2\" | \"encoder.history\":\"0\" | a whole number from 1 to 64",
        "\"encoder.history\":\"2\" | \"encoder.histori\":\"2\" | 'histori' is unknown",
        "\"encoder.history\":\"2\" | \"encoder.history\":\"3\" | the network reads",
        "\"network.inputs\":   | \"network.inputs\":\"x\",\"n\": | has network.inputs 'x'",
        "\"network.hidden\":\"16,12\" | \"network.hidden\":\"16,-1\" | has network.hidden '-1'",
        "\"network.hidden\":\"16,12\" | \"network.hidden\":\"12,16\" | needs",
        "\"network.quantiles\":\"1\" | \"network.quantiles\":\"999999\" | no possible network",
        "F32                   | F64                      | has dtype F64; accepted: F32",
        "\"layers.0.bias\"     | \"layers.0.weight\"      | Duplicate",
        "\"layers.0.bias\"     | \"layers.9.bias\"        | does not belong",
        "[16]                  | [8,2]                    | is not of shape [16]",
        "[16]                  | [-16]                    | has a dimension of -16",
        "[16]                  | [99999999999999999999]   | not valid JSON",
        "[16]                  | [65536,65536,65536,65536] | its shape needs",
        "[16]                  | {}                       | is not an array",
        "\"shape\":[16]        | \"shape\":[16],\"x\":1   | unknown key 'x'",
        "\"shape\":[16],       | ''                       | lacks its shape",
        "\"__metadata__\":{    | \"__metadata__\":{\"a\":1, | is not text",
        "{\"__metadata__\"     | [\"__metadata__\"        | is not an object"
      })
  void refusesAHeaderThatIsNotRight(String piece, String replacement, String message)
      throws Exception {
    Safetensors good = good();
    String header = SafetensorsHeader.format(good.metadata(), good.tensors());
    assertTrue(header.contains(piece), piece);
    int at = header.indexOf(piece);
    String bad = header.substring(0, at) + replacement + header.substring(at + piece.length());
    assertRefused(file(bad, values(good)), message);
  }

  private Safetensors good() throws Exception {
    Path file = directory.resolve("good");
    PolicyFile.write(file, POLICY);
    return Safetensors.read(Files.newInputStream(file));
  }

  private static float[] values(Safetensors file) {
    ByteBuffer all = ByteBuffer.allocate(1 << 20);
    file.tensors()
        .values()
        .forEach(
            t -> {
              for (float v : t.values()) {
                all.putFloat(v);
              }
            });
    all.flip();
    float[] values = new float[all.remaining() / 4];
    all.asFloatBuffer().get(values);
    return values;
  }

  @Test
  void refusesTensorsThatOverlapOrLeaveAGap() throws Exception {
    String format =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[%d,%d]}}";
    assertRefused(file(format.formatted(4, 12), 1, 2, 3), "they overlap");
    assertRefused(file(format.formatted(12, 20), 1, 2, 3, 4, 5), "they leave a gap");
    assertRefused(file(format.formatted(-8, 0), 1, 2), "but its shape needs 8 bytes");
    assertRefused(file(format.formatted(8, 1L << 62), 1, 2), "but its shape needs 8 bytes");
  }

  @Test
  void refusesWeightsThatAreNotFinite() throws Exception {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    assertRefused(file(header, 1, Float.NaN), "tensor 'a' holds NaN");
    assertRefused(file(header, 1, Float.NEGATIVE_INFINITY), "tensor 'a' holds -Infinity");
  }

  @Test
  void refusesDataThatIsShortOrLong() throws Exception {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    assertRefused(file(header, 1), "truncated: 4 of the 8 bytes of tensor 'a'");
    assertRefused(file(header, 1, 2, 3), "bytes follow the last tensor");
  }

  @Test
  void refusesWhatIsNoPolicyAtAll() throws Exception {
    assertRefused(bytes(new byte[0]), "it ends after 0 bytes");
    assertRefused(
        bytes("#!/bin/sh\necho hello\n".getBytes(StandardCharsets.UTF_8)), "header length");
    assertRefused(bytes(prefixed(-1, new byte[9])), "header length 18446744073709551615");
    assertRefused(bytes(prefixed(1 << 20, new byte[9])), "9 of the header's 1048576 bytes");
    assertRefused(bytes(prefixed(2, new byte[] {(byte) 0xff, 0})), "not UTF-8");
    assertRefused(bytes(prefixed(2, "[]".getBytes(StandardCharsets.UTF_8))), "not an object");
    assertRefused(bytes(prefixed(2, "{}".getBytes(StandardCharsets.UTF_8))), "no 'format'");
    assertRefused(directory.resolve("missing"), "does not exist");
    assertRefused(directory, "is a directory");
  }

  @Test
  void refusesAHeaderNestedWithoutEnd() throws Exception {
    assertRefused(file("{\"a\":" + "[".repeat(100_000)), "not an object");
    assertRefused(file("{\"a\":{\"dtype\":" + "[".repeat(100_000)), "");
  }

  private void assertRefused(Path file, String part) {
    PolicyException e = assertThrows(PolicyException.class, () -> PolicyFile.read(file));
    assertTrue(message(e).contains(part), message(e));
    assertTrue(message(e).contains(file.toString()), message(e));
    assertFalse(message(e).contains("\n"), message(e));
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private Path file(String header, float... values) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(header.getBytes(StandardCharsets.UTF_8));
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    content.write(data.array());
    return bytes(prefixed(header.getBytes(StandardCharsets.UTF_8).length, content.toByteArray()));
  }

  private static byte[] prefixed(long length, byte[] rest) {
    return ByteBuffer.allocate(8 + rest.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(rest)
        .array();
  }

  private Path bytes(byte[] content) throws IOException {
    return Files.write(directory.resolve("bad"), content);
  }

  @Test
  void metadataIsKept() throws Exception {
    Path file = directory.resolve("p");
    Map<String, String> told = Map.of("scenario", "lte \"driving\"\n", "score", "0.91");
    PolicyFile.write(file, new Policy(POLICY.encoder(), POLICY.actions(), POLICY.network(), told));
    assertEquals(told, PolicyFile.read(file).metadata());
  }
}
